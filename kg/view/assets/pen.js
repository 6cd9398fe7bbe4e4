// Two things to draw with, alike in use: a canvas, and an SVG written as text.

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const TURN = Math.PI / 180;
const POLYGONS = {
  square: [45, 135, 225, 315],
  diamond: [0, 90, 180, 270],
  triangle: [-90, 30, 150],
  triangleDown: [90, 210, 330],
  hexagon: [0, 60, 120, 180, 240, 300],
};
const SIZES = { square: 1.1, diamond: 1.16, triangle: 1.22, triangleDown: 1.22, hexagon: 1.05, star: 1.3 };

/** Corners [x, y] of a shape of radius 1; none for what is round. */
export function corners(shape) {
  const size = SIZES[shape] ?? 1;
  const point = (r, angle) => [r * size * Math.cos(angle * TURN), r * size * Math.sin(angle * TURN)];
  if (shape === "star") return Array.from({ length: 10 }, (_, i) => point(i % 2 ? 0.46 : 1, i * 36 - 90));
  return (POLYGONS[shape] ?? []).map((angle) => point(1, angle));
}

const font = (size, bold) => `${bold ? 600 : 400} ${size}px ${FONT}`;

/** A pen on a canvas' 2D context, in pixels of the page. */
export function canvasPen(ctx) {
  const widths = new Map();
  const begin = () => {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
  };
  begin();
  const outline = (points) => {
    ctx.beginPath();
    points.forEach(({ x, y }, i) => {
      if (i) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
    });
    ctx.closePath();
  };
  const finish = (fill, stroke, width) => {
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    if (stroke) {
      ctx.strokeStyle = stroke;
      ctx.lineWidth = width;
      ctx.stroke();
    }
  };
  return {
    /** To be called after the canvas was given a size, which makes it forget everything. */
    begin,
    alpha(value) {
      ctx.globalAlpha = value;
    },
    box(x, y, width, height, fill) {
      ctx.fillStyle = fill;
      ctx.fillRect(x, y, width, height);
    },
    circle(x, y, r, { fill, stroke, width = 1 }) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      finish(fill, stroke, width);
    },
    shape(name, x, y, r, { fill, stroke, width = 1 }) {
      const points = corners(name).map(([px, py]) => ({ x: x + r * px, y: y + r * py }));
      outline(points);
      if (!points.length) ctx.arc(x, y, name === "ring" ? r * 0.82 : r, 0, 2 * Math.PI);
      if (name === "ring") finish(null, fill, Math.max(2, r * 0.45));
      else finish(fill, stroke, width);
    },
    /** A curve by way of a middle point. */
    curve(from, middle, to, colour, width) {
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      if (middle) ctx.quadraticCurveTo(middle.x, middle.y, to.x, to.y);
      else ctx.lineTo(to.x, to.y);
      finish(null, colour, width);
    },
    polygon(points, fill) {
      outline(points);
      finish(fill);
    },
    text(text, x, y, { size, bold, fill, halo }) {
      ctx.font = font(size, bold);
      if (halo) {
        ctx.strokeStyle = halo;
        ctx.lineWidth = 3;
        ctx.strokeText(text, x, y);
      }
      ctx.fillStyle = fill;
      ctx.fillText(text, x, y);
    },
    measure(text, size, bold) {
      const key = `${size} ${bold} ${text}`;
      let width = widths.get(key);
      if (width === undefined) {
        ctx.font = font(size, bold);
        width = ctx.measureText(text).width;
        if (widths.size > 20_000) widths.clear();
        widths.set(key, width);
      }
      return width;
    },
  };
}

const escaped = (text) =>
  String(text)
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A pen that writes SVG; `measure` comes from a canvas. */
export function svgPen(width, height, measure) {
  const parts = [];
  let opacity = 1;
  const number = (value) => Math.round(value * 100) / 100;
  const add = (tag, attributes, content) => {
    const all = { ...attributes, opacity: opacity < 1 ? number(opacity) : undefined };
    const written = Object.entries(all)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? number(value) : value)}"`);
    parts.push(content === undefined ? `<${tag}${written.join("")}/>` : `<${tag}${written.join("")}>${escaped(content)}</${tag}>`);
  };
  const looks = ({ fill, stroke, width: line }) => ({
    fill: fill ?? "none",
    stroke: stroke ?? undefined,
    "stroke-width": stroke ? line : undefined,
  });
  return {
    measure,
    alpha(value) {
      opacity = value;
    },
    box: (x, y, w, h, fill) => add("rect", { x, y, width: w, height: h, fill }),
    circle: (x, y, r, look) => add("circle", { cx: x, cy: y, r, ...looks(look) }),
    shape(name, x, y, r, look) {
      const points = corners(name);
      if (name === "ring") add("circle", { cx: x, cy: y, r: r * 0.82, fill: "none", stroke: look.fill, "stroke-width": Math.max(2, r * 0.45) });
      else if (!points.length) add("circle", { cx: x, cy: y, r, ...looks(look) });
      else add("polygon", { points: points.map(([px, py]) => `${number(x + r * px)},${number(y + r * py)}`).join(" "), ...looks(look) });
    },
    curve(from, middle, to, stroke, line) {
      const end = `${number(to.x)} ${number(to.y)}`;
      const way = middle ? `Q${number(middle.x)} ${number(middle.y)} ${end}` : `L${end}`;
      add("path", { d: `M${number(from.x)} ${number(from.y)}${way}`, ...looks({ stroke, width: line }) });
    },
    polygon: (points, fill) => add("polygon", { points: points.map(({ x, y }) => `${number(x)},${number(y)}`).join(" "), fill }),
    text: (text, x, y, { size, bold, fill, halo }) =>
      add("text", {
        x,
        y,
        fill,
        "font-size": size,
        "font-weight": bold ? 600 : 400,
        "text-anchor": "middle",
        "dominant-baseline": "central",
        stroke: halo,
        "stroke-width": halo ? 3 : undefined,
        "paint-order": halo ? "stroke" : undefined,
      }, text),
    /** The finished document. */
    document: (title) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" ` +
      `viewBox="0 0 ${number(width)} ${number(height)}" font-family="${escaped(FONT)}">` +
      `<title>${escaped(title)}</title>${parts.join("")}</svg>\n`,
  };
}
