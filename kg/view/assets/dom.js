// The only place that makes elements. Strings become text nodes, never markup.
import { corners } from "./pen.js";

/** An element with attributes (class, type, aria-…), listeners (onclick …) and children (elements, strings, nothing). */
export function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button that does something. */
export function button(properties, onclick, ...children) {
  return element("button", { type: "button", ...properties, onclick }, ...children);
}

/** The sign of an entity type as a small SVG, the same as in the picture. */
export function sign(kind) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const points = corners(kind.shape);
  const form = document.createElementNS(space, points.length ? "polygon" : "circle");
  if (points.length) form.setAttribute("points", points.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(" "));
  else form.setAttribute("r", kind.shape === "ring" ? "0.82" : "1.05");
  form.setAttribute("fill", kind.shape === "ring" ? "none" : kind.colour);
  if (kind.shape === "ring") {
    form.setAttribute("stroke", kind.colour);
    form.setAttribute("stroke-width", "0.5");
  }
  svg.append(form);
  return svg;
}

/** A text as a list of strings and mark elements: every occurrence of one of the words is marked. */
export function marked(text, words) {
  const wanted = [...new Set(words)].filter(Boolean).sort((a, b) => b.length - a.length);
  const parts = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const word = wanted.find((each) => text.startsWith(each, at));
    if (word) {
      parts.push(plain, element("mark", null, word));
      plain = "";
      at += word.length;
    } else plain += text[at++];
  }
  return [...parts, plain];
}

/** A list that shows some of its items, and the rest on a press of a button with the text that `more` gives. */
export function some(tag, items, limit, make, more) {
  const list = element(tag, { class: "facts" }, items.slice(0, limit).map(make));
  if (items.length <= limit) return [list];
  const rest = button({ class: "more" }, () => {
    list.append(...items.slice(limit).map(make));
    rest.remove();
  }, more(items.length - limit));
  return [list, rest];
}
