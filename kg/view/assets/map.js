// The whole graph at any distance: far regions are bubbles with a number, near ones open and show who is in them.
import { toWorld, toScreen } from "./camera.js";
import { makeGrid } from "./grid.js";
import { edgesAmong } from "./model.js";

const OPENS = 46; // pixels of radius from which a region shows its inside
const SPECK = 2.5; // below this radius a bubble is left out
const AREA = 3400; // pixels of screen for each node, so that names have room
const MOST = 260; // nodes at once
const MOST_EDGES = 420;
const EDGE = 40; // pixels beyond the screen that are drawn as well
const FEW = 2500; // nodes in sight from which they are taken from the index

/** Radius of a node's sign in pixels. */
export function signRadius(node, scale) {
  return Math.min(13, Math.max(4.2, node.size * scale * 0.62));
}

/**
 * A map over a model.
 *
 * @returns a function of (seen, camera, pinned) that gives what to draw, in pixels of the screen: grounds, bubbles
 *   ({node, x, y, r, count}), nodes ({node, x, y, r}), edges; pinned nodes are drawn wherever they are
 */
export function makeMap(model) {
  const grid = makeGrid(model.nodes.filter((node) => !node.ground));
  return (seen, camera, pinned = []) => {
    const view = { grounds: [], bubbles: [], nodes: [], edges: [] };
    const space = makeSpacing();
    const drawn = new Set();
    const put = (node, must) => {
      const at = toScreen(camera, node.x, node.y);
      const r = signRadius(node, camera.scale);
      if (drawn.has(node) || (!must && (off(camera, at, r) || !space.free(at.x, at.y, r)))) return false;
      space.take(at.x, at.y, r);
      drawn.add(node);
      view.nodes.push({ node, x: at.x, y: at.y, r });
      return true;
    };
    const opened = openRegions(model, seen, camera, view);
    for (const node of pinned) if (seen.node[node.index]) put(node, true);
    for (const { ground } of opened) if (ground.node && seen.node[ground.node.index]) put(ground.node, false);
    // A hidden bubble takes its room, so that no sign is drawn over it.
    for (const { x, y, r } of view.bubbles) space.take(x, y, r);
    fill(seen, camera, grid, opened, put);
    view.edges = edgesAmong(drawn, seen, MOST_EDGES);
    return view;
  };
}

/** The box round everything that may be seen on the map. */
export function mapBox(model, seen) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const reach = (x, y, r) => {
    box[0] = Math.min(box[0], x - r);
    box[1] = Math.min(box[1], y - r);
    box[2] = Math.max(box[2], x + r);
    box[3] = Math.max(box[3], y + r);
  };
  for (const { node, x, y, radius } of model.outside.inner) if (seen.inside[node.index]) reach(x, y, radius);
  for (const node of model.outside.members) if (seen.node[node.index]) reach(node.x, node.y, node.size + 20);
  return box[0] < box[2] ? box : [-100, -100, 100, 100];
}

/** Goes down from the outermost regions; returns the open ones with the room they have, the largest first. */
function openRegions(model, seen, camera, view) {
  const opened = [{ ground: model.outside, area: camera.width * camera.height }];
  const waiting = [...model.outside.inner];
  for (const ground of waiting) {
    const count = seen.inside[ground.node.index];
    const r = ground.radius * camera.scale;
    const at = toScreen(camera, ground.x, ground.y);
    if (!count || r < SPECK || off(camera, at, r)) continue;
    if (r < OPENS) {
      view.bubbles.push({ node: ground.node, x: at.x, y: at.y, r, count });
      continue;
    }
    view.grounds.push({ node: ground.node, x: at.x, y: at.y, r, depth: ground.depth, count });
    opened.push({ ground, area: overlap(camera, at, r) });
    waiting.push(...ground.inner);
  }
  return opened;
}

function fill(seen, camera, grid, opened, put) {
  let left = MOST;
  const a = toWorld(camera, -EDGE, -EDGE);
  const b = toWorld(camera, camera.width + EDGE, camera.height + EDGE);
  const box = [a.x, a.y, b.x, b.y];
  const near = grid.few(box, FEW) ? byGround(grid.within(box)) : null;
  for (const { ground, area } of opened) {
    let room = Math.min(left, Math.max(3, Math.floor(area / AREA)));
    for (const node of near ? (near.get(ground) ?? []) : ground.members) {
      if (room <= 0) break;
      if (!seen.node[node.index] || !put(node, false)) continue;
      room -= 1;
      left -= 1;
    }
  }
}

function byGround(nodes) {
  const found = new Map();
  for (const node of nodes.sort((a, b) => a.rank - b.rank)) {
    if (!found.has(node.lies)) found.set(node.lies, []);
    found.get(node.lies).push(node);
  }
  return found;
}

function off(camera, at, r) {
  return at.x + r < -EDGE || at.y + r < -EDGE || at.x - r > camera.width + EDGE || at.y - r > camera.height + EDGE;
}

/** About how much of the screen a circle covers, in square pixels. */
function overlap(camera, at, r) {
  const width = Math.min(camera.width, at.x + r) - Math.max(0, at.x - r);
  const height = Math.min(camera.height, at.y + r) - Math.max(0, at.y - r);
  return Math.max(0, width) * Math.max(0, height) * 0.78;
}

/** Circles that have been drawn, by cells, to keep the next ones clear of them. */
function makeSpacing() {
  const cell = 32;
  const cells = new Map();
  const key = (x, y) => x * 65536 + y;
  return {
    free(x, y, r) {
      const reach = r + 3;
      for (let i = Math.floor((x - reach) / cell); i <= Math.floor((x + reach) / cell); i++) {
        for (let j = Math.floor((y - reach) / cell); j <= Math.floor((y + reach) / cell); j++) {
          for (const other of cells.get(key(i, j)) ?? []) {
            if (Math.hypot(other.x - x, other.y - y) < other.r + reach) return false;
          }
        }
      }
      return true;
    },
    take(x, y, r) {
      for (let i = Math.floor((x - r) / cell); i <= Math.floor((x + r) / cell); i++) {
        for (let j = Math.floor((y - r) / cell); j <= Math.floor((y + r) / cell); j++) {
          const at = key(i, j);
          if (!cells.has(at)) cells.set(at, []);
          cells.get(at).push({ x, y, r });
        }
      }
    },
  };
}
