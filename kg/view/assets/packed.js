// The data that the page carries: JSON, gzipped, in base64, inside elements that are never executed.

/** Whether the browser can open it. */
export function canOpen() {
  return typeof DecompressionStream === "function";
}

/** The data in the element of this id. */
export async function unpack(id) {
  const letters = atob(document.getElementById(id).textContent.trim());
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
