// Making elements; all text goes in as text.

const SVG = "http://www.w3.org/2000/svg";

export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function drawn(name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

export const byId = (id) => document.getElementById(id);

// A value of an answer in one line.
export function shown(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object") return String(value);
  if (isNode(value)) return `(${ownLabels(value).map((label) => `:${label}`).join("")} ${nodeName(value)})`;
  if (isEdge(value)) return `[:${value.type}${value.properties.title ? ` ${value.properties.title}` : ""}]`;
  return JSON.stringify(value);
}

export const isNode = (value) => Array.isArray(value.labels) && isRecord(value.properties);
export const isEdge = (value) => typeof value.type === "string" && isRecord(value.properties) && "head" in value;
export const ownLabels = (node) => node.labels.filter((label) => label !== "Entity");
export const nodeName = (node) => String(node.properties.name ?? node.properties.title ?? node.properties.id ?? "");

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
