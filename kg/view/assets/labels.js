// Which names are drawn: the first come first, none over another and none over a sign.

const CELL = 64;

/** A text cut to so many letters, on one line. */
export function shortened(text, longest) {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : letters.join("");
}

/** Boxes [left, top, right, bottom] that are taken, by cells. */
export function makeBoxes() {
  const cells = new Map();
  const visit = (box, take) => {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) if (take(x * 65536 + y)) return true;
    }
    return false;
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    free: (box) => !visit(box, (cell) => (cells.get(cell) ?? []).some((other) => meets(box, other))),
    take(box) {
      visit(box, (cell) => {
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(box);
        return false;
      });
    },
  };
}

/**
 * Chooses the labels to draw.
 *
 * A label has lines ([{text, size, bold}]), x, y of the middle of its first line, and may have `places`: offsets
 * [dx, dy, across] to try in turn, where a dx of 1 or -1 stands wholly beside the point; `must` draws it wherever it falls.
 *
 * @param signs circles ({x, y, r}) that no label may cover
 * @param measure gives the width of (text, size, bold) in pixels
 * @param covered boxes that lie under something else, such as the legend
 * @param bounds the box that labels may not leave
 * @returns the labels with x and y as drawn and their box
 */
export function placeLabels(labels, signs, measure, { covered = [], bounds = null } = {}) {
  const boxes = makeBoxes();
  for (const box of covered) boxes.take(box);
  const out = (box) => bounds && (box[0] < bounds[0] || box[1] < bounds[1] || box[2] > bounds[2] || box[3] > bounds[3]);
  for (const { x, y, r } of signs) boxes.take([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]);
  const placed = [];
  for (const label of labels) {
    const half = Math.max(...label.lines.map((line) => measure(line.text, line.size, line.bold))) / 2 + 3;
    const height = label.lines.reduce((sum, line) => sum + line.size * 1.25, 0);
    for (const [dx, dy, across = 0] of label.places ?? [[0, 0]]) {
      const x = label.x + dx * (half + (label.reach ?? 0)) + across;
      const y = label.y + dy;
      const top = y - label.lines[0].size * 0.65;
      const box = [x - half, top, x + half, top + height];
      if (!label.must && (out(box) || !boxes.free(box))) continue;
      boxes.take(box);
      placed.push({ ...label, x, y, box });
      break;
    }
  }
  return placed;
}
