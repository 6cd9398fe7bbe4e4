// A canvas that can be moved, zoomed and pointed at, by mouse, touch and keys. What is on it comes from outside.
import { makeCamera, zoomed } from "./camera.js";
import { paint } from "./paint.js";
import { canvasPen } from "./pen.js";

const CLICK = 5; // pixels that a click may wander
const GLIDE = 260; // milliseconds
const STEP = 80; // pixels that an arrow key moves
const NEAR_EDGE = 6; // pixels from an edge that still point at it

/**
 * Makes a picture on a canvas element.
 *
 * @param canvas fills its box; gets the focus and the keys
 * @param compose gives the view for a camera (see map.js and scene.js)
 * @param look gives colours and marks (see paint.js)
 * @param on what to call: node, bubble, edge (clicked), nothing (clicked beside), open (a node twice), hover (a node
 *   or null), moved (the camera came to rest), key (an event that the picture has no use for)
 */
export function makePicture(canvas, { compose, look, on }) {
  const ctx = canvas.getContext("2d");
  const pen = canvasPen(ctx);
  const camera = makeCamera(1, 1);
  let ratio = 1;
  let view = { grounds: [], bubbles: [], nodes: [], edges: [] };
  let drawn = { labels: [], edges: [] };
  let waiting = false;
  let glide = 0;
  let frames = 0;

  function draw() {
    waiting = false;
    frames += 1;
    view = compose(camera);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 1;
    const now = look();
    pen.box(0, 0, camera.width, camera.height, now.colours.paper);
    drawn = paint(pen, view, now);
  }

  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  }

  function resize() {
    if (matchMedia("print").matches) return; // paper scales the picture as it is
    const box = canvas.getBoundingClientRect();
    const sharp = Math.min(3, globalThis.devicePixelRatio || 1);
    if (box.width === camera.width && box.height === camera.height && sharp === ratio) return;
    ratio = sharp;
    camera.width = Math.max(1, box.width);
    camera.height = Math.max(1, box.height);
    canvas.width = Math.round(camera.width * ratio);
    canvas.height = Math.round(camera.height * ratio);
    pen.begin();
    redraw();
  }

  let resting = 0;
  function moved() {
    redraw();
    clearTimeout(resting);
    resting = setTimeout(() => on.moved?.(camera), 220);
  }

  function lookAt(target, animate) {
    cancelAnimationFrame(glide);
    const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) {
      Object.assign(camera, target);
      moved();
      return;
    }
    const from = { x: camera.x, y: camera.y, scale: camera.scale };
    const begin = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - begin) / GLIDE));
      const eased = 1 - (1 - share) ** 3;
      // The scale glides by factors, or a far flight would seem to stop half way.
      camera.scale = from.scale * (target.scale / from.scale) ** eased;
      camera.x = from.x + (target.x - from.x) * eased;
      camera.y = from.y + (target.y - from.y) * eased;
      moved();
      if (share < 1) glide = requestAnimationFrame(step);
    };
    glide = requestAnimationFrame(step);
  }

  const zoom = (factor, x, y) => lookAt(zoomed(camera, factor, x, y), x === undefined);

  /** What is at a point: {node}, {bubble}, {edge} or nothing. */
  function at(x, y) {
    let best = null;
    for (const each of view.nodes) {
      const away = Math.hypot(each.x - x, each.y - y) - each.r;
      if (away < 6 && (!best || away < best.away)) best = { node: each.node, away };
    }
    if (best) return best;
    const name = drawn.labels.find(({ node, box }) => node && x > box[0] && x < box[2] && y > box[1] && y < box[3]);
    const bubble = view.bubbles.find((each) => Math.hypot(each.x - x, each.y - y) < each.r);
    if (name && !bubble) return { node: name.node };
    if (bubble) return { bubble: bubble.node };
    for (const each of drawn.edges) {
      const away = fromCurve(each, x, y);
      if (away < NEAR_EDGE && (!best || away < best.away)) best = { edge: each.edge, away };
    }
    return best ?? {};
  }

  pointing(canvas, { zoom, at, on, moveBy });

  function moveBy(dx, dy) {
    cancelAnimationFrame(glide);
    camera.x -= dx / camera.scale;
    camera.y -= dy / camera.scale;
    moved();
  }

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? STEP * 4 : STEP;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[event.key]) moveBy(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else {
      on.key?.(event);
      return;
    }
    event.preventDefault();
  });
  new ResizeObserver(resize).observe(canvas);

  return {
    camera,
    pen,
    redraw,
    draw,
    zoom,
    lookAt,
    moveBy,
    measureBox: resize,
    view: () => view,
    labels: () => drawn.labels,
    frames: () => frames,
    /** Where a node is drawn, in pixels of the window, or null. */
    locate(node) {
      const found = [...view.nodes, ...view.bubbles].find((each) => each.node === node);
      const box = canvas.getBoundingClientRect();
      return found ? { x: found.x + box.left, y: found.y + box.top, r: found.r } : null;
    },
    /** Where an edge is drawn, half way, in pixels of the window, or null. */
    locateEdge(edge) {
      const found = drawn.edges.find((each) => each.edge === edge);
      const box = canvas.getBoundingClientRect();
      return found ? { x: found.centre.x + box.left, y: found.centre.y + box.top } : null;
    },
  };
}

/** Mouse, pen and fingers: one drags, two zoom, a short touch clicks, two of them open. */
function pointing(canvas, { zoom, at, on, moveBy }) {
  const fingers = new Map();
  let start = null;
  let wandered = false;
  let last = { time: 0, node: null };
  let hovered = null;
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    fingers.set(event.pointerId, point(event));
    if (fingers.size === 1) {
      start = point(event);
      wandered = false;
    } else wandered = true;
  });

  canvas.addEventListener("pointermove", (event) => {
    const now = point(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      const found = at(now.x, now.y);
      canvas.style.cursor = found.node || found.bubble || found.edge ? "pointer" : "grab";
      const node = found.node ?? found.bubble ?? null;
      if (node !== hovered) {
        hovered = node;
        on.hover?.(node);
      }
      return;
    }
    if (!wandered && Math.hypot(now.x - start.x, now.y - start.y) <= CLICK) return;
    wandered = true;
    if (fingers.size === 1) moveBy(now.x - before.x, now.y - before.y);
    else if (fingers.size === 2) {
      const [, still] = [...fingers].find(([id]) => id !== event.pointerId);
      const span = (p) => Math.hypot(p.x - still.x, p.y - still.y) || 1;
      zoom(span(now) / span(before), (now.x + still.x) / 2, (now.y + still.y) / 2);
    }
    fingers.set(event.pointerId, now);
  });

  const lift = (event, cancelled) => {
    const known = fingers.delete(event.pointerId);
    if (!known || wandered || cancelled || fingers.size || event.button > 0) return;
    const now = point(event);
    const found = at(now.x, now.y);
    const node = found.node ?? found.bubble ?? null;
    const twice = node && node === last.node && event.timeStamp - last.time < 400;
    last = { time: twice ? 0 : event.timeStamp, node };
    if (twice) on.open?.(node);
    else if (found.node) on.node?.(found.node);
    else if (found.bubble) on.bubble?.(found.bubble);
    else if (found.edge) on.edge?.(found.edge);
    else on.nothing?.();
  };
  canvas.addEventListener("pointerup", (event) => lift(event, false));
  canvas.addEventListener("pointercancel", (event) => lift(event, true));
  canvas.addEventListener("pointerleave", () => {
    if (hovered) on.hover?.(null);
    hovered = null;
  });

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    const now = point(event);
    zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0022), now.x, now.y);
  }, { passive: false });
}

/** Distance of a point from an edge as drawn. */
function fromCurve({ from, middle, to }, x, y) {
  let best = Number.POSITIVE_INFINITY;
  let before = from;
  const parts = middle ? 8 : 1;
  for (let i = 1; i <= parts; i++) {
    const t = i / parts;
    const end = middle
      ? {
          x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t * t * to.x,
          y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t * t * to.y,
        }
      : to;
    best = Math.min(best, fromSegment(before, end, x, y));
    before = end;
  }
  return best;
}

function fromSegment(a, b, x, y) {
  const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1;
  const t = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / square));
  return Math.hypot(a.x + t * (b.x - a.x) - x, a.y + t * (b.y - a.y) - y);
}
