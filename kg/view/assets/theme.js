// The colours of the page, for the canvas.

const NAMES = ["paper", "ink", "soft", "edge", "accent", "ground-fill", "ground-line", "bubble-fill", "bubble-line", "bubble-paper"];

/** Colours by name (paper, groundFill, …), read from the style sheet's custom properties. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [
    name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), style.getPropertyValue(`--${name}`).trim(),
  ]));
}
