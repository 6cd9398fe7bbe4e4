// The data that the page carries: JSON, gzipped, in base64, inside elements that are never executed.

/** Whether the browser can open it. */
export function canOpen() {
  return typeof DecompressionStream === "function";
}

/** The data in the element of this id. */
export async function unpack(id) {
  const stream = new Blob([decoded(document.getElementById(id).textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function decoded(text) {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
