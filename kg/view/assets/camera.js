// Where one looks: the point of the world in the middle of the screen, and pixels a unit.

const NEAREST = 6;

/** A camera over a screen of width × height pixels; `insets` are the parts that panels cover. */
export function makeCamera(width, height) {
  return { x: 0, y: 0, scale: 1, width, height, least: 0.001, insets: { top: 0, right: 0, bottom: 0, left: 0 } };
}

/** A point of the world on the screen. */
export function toScreen(camera, x, y) {
  return {
    x: (x - camera.x) * camera.scale + camera.width / 2,
    y: (y - camera.y) * camera.scale + camera.height / 2,
  };
}

/** A point of the screen in the world. */
export function toWorld(camera, x, y) {
  return {
    x: (x - camera.width / 2) / camera.scale + camera.x,
    y: (y - camera.height / 2) / camera.scale + camera.y,
  };
}

/** The camera closer or farther by a factor, with one point of the screen held in place. */
export function zoomed(camera, factor, x = camera.width / 2, y = camera.height / 2) {
  const scale = Math.min(NEAREST, Math.max(camera.least, camera.scale * factor));
  const fixed = toWorld(camera, x, y);
  return {
    scale,
    x: fixed.x - (x - camera.width / 2) / scale,
    y: fixed.y - (y - camera.height / 2) / scale,
  };
}

/** What to look at so that a box [left, top, right, bottom] of the world fills the free part of the screen. */
export function fitted(camera, box, { margin = 24, most = 1.6 } = {}) {
  const { top, right, bottom, left } = camera.insets;
  const width = Math.max(40, camera.width - left - right - 2 * margin);
  const height = Math.max(40, camera.height - top - bottom - 2 * margin);
  const scale = Math.min(most, width / Math.max(1, box[2] - box[0]), height / Math.max(1, box[3] - box[1]));
  return centred(camera, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, scale);
}

/** What to look at so that a point of the world is in the middle of the free part of the screen. */
export function centred(camera, x, y, scale) {
  const { top, right, bottom, left } = camera.insets;
  return { x: x + (right - left) / 2 / scale, y: y + (bottom - top) / 2 / scale, scale };
}

/** What to look at so that points of the screen come out from under what covers it; null when they are free. */
export function broughtIn(camera, points, margin) {
  const { top, right, bottom, left } = camera.insets;
  const shift = (values, from, to) => {
    const [low, high] = [Math.min(...values) - margin, Math.max(...values) + margin];
    if (high > to) return Math.min(high - to, Math.max(0, low - from)); // the near end stays in sight
    return low < from ? low - from : 0;
  };
  const dx = shift(points.map((point) => point.x), left, camera.width - right);
  const dy = shift(points.map((point) => point.y), top, camera.height - bottom);
  return dx || dy ? { x: camera.x + dx / camera.scale, y: camera.y + dy / camera.scale, scale: camera.scale } : null;
}
