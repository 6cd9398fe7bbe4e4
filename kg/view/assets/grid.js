// A spatial index: which nodes lie in a box, without looking at all of them.

/** An index of things with x and y; `each` is how many there should be in a cell on the average. */
export function makeGrid(things, each = 12) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of things) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const side = Math.max(1, Math.ceil(Math.sqrt(things.length / each)));
  const cell = { width: (right - left) / side || 1, height: (bottom - top) / side || 1 };
  const cells = Array.from({ length: side * side }, () => []);
  const column = (x) => Math.min(side - 1, Math.max(0, Math.floor((x - left) / cell.width)));
  const row = (y) => Math.min(side - 1, Math.max(0, Math.floor((y - top) / cell.height)));
  for (const thing of things) cells[row(thing.y) * side + column(thing.x)].push(thing);

  /** Visits the cells that a box [left, top, right, bottom] touches until one says stop. */
  function visit(box, take) {
    for (let y = row(box[1]); y <= row(box[3]); y++) {
      for (let x = column(box[0]); x <= column(box[2]); x++) if (take(cells[y * side + x])) return;
    }
  }

  return {
    /** Whether at most so many lie in the cells of a box. */
    few(box, most) {
      let count = 0;
      visit(box, (here) => {
        count += here.length;
        return count > most;
      });
      return count <= most;
    },

    /** Everything in a box. */
    within(box) {
      const found = [];
      visit(box, (here) => {
        for (const thing of here) {
          if (thing.x >= box[0] && thing.x <= box[2] && thing.y >= box[1] && thing.y <= box[3]) found.push(thing);
        }
        return false;
      });
      return found;
    },
  };
}
