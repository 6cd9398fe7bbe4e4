"use strict";
// The only place that makes elements. Strings become text nodes, never markup.
(function (KG) {
  /** An element with properties (class, type, onclick, aria-…) and children (elements, strings, nothing). */
  KG.element = function (tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  };

  const POLYGONS = {
    square: [45, 135, 225, 315],
    diamond: [0, 90, 180, 270],
    triangle: [-90, 30, 150],
    triangleDown: [90, 210, 330],
    hexagon: [0, 60, 120, 180, 240, 300],
  };

  function corners(shape) {
    if (shape === "star") return Array.from({ length: 10 }, (_, i) => [i % 2 ? 3.4 : 7.6, i * 36 - 90]);
    return (POLYGONS[shape] || []).map((angle) => [shape === "square" ? 8 : 7.4, angle]);
  }

  /** The sign of an entity type as a small SVG, the same as in the picture. */
  KG.sign = function (kind) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("class", "sign");
    svg.setAttribute("aria-hidden", "true");
    const points = corners(kind.shape);
    const form = document.createElementNS(space, points.length ? "polygon" : "circle");
    if (points.length) {
      const turn = Math.PI / 180;
      const place = ([r, a]) => `${(r * Math.cos(a * turn)).toFixed(2)},${(r * Math.sin(a * turn)).toFixed(2)}`;
      form.setAttribute("points", points.map(place).join(" "));
    } else form.setAttribute("r", "6.5");
    form.setAttribute("fill", kind.colour);
    svg.append(form);
    return svg;
  };

  /** A text as a list of strings and mark elements: every occurrence of one of the words is marked. */
  KG.marked = function (text, words) {
    const wanted = words.filter((word) => word).sort((a, b) => b.length - a.length);
    const parts = [];
    let plain = "";
    for (let at = 0; at < text.length; ) {
      const word = wanted.find((w) => text.startsWith(w, at));
      if (word) {
        parts.push(plain, KG.element("mark", null, word));
        plain = "";
        at += word.length;
      } else plain += text[at++];
    }
    return [...parts, plain];
  };
})(globalThis.KG);
