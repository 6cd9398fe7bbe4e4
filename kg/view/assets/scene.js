// A few nodes by themselves, each with a place of its own: a neighbourhood, some paths, the answer of a query.
import { toScreen } from "./camera.js";

const ROUNDS = 140;
const APART = 118; // wished length of an edge
const WIDE = 1.5; // names are wider than high, and so is the room round a node

/**
 * Places for nodes round a root: rings by distance first, then pushed apart and pulled together.
 *
 * Nothing is random: the same nodes in the same order get the same places.
 *
 * @param root stays at the origin
 * @param aspect width by height of the screen
 * @param known places from an earlier picture, from which their nodes start
 * @returns Map from node to {x, y}
 */
export function spread(nodes, edges, root, { aspect = 1.5, known = new Map() } = {}) {
  if (!nodes.length) return new Map();
  const at = new Map(nodes.map((node, i) => [node, i]));
  const pairs = joined(edges, at);
  const start = rings(nodes, pairs, at.get(root) ?? 0);
  const x = start.map((p, i) => known.get(nodes[i])?.x ?? p.x);
  const y = start.map((p, i) => known.get(nodes[i])?.y ?? p.y);
  const stretch = Math.min(WIDE, Math.max(0.7, aspect));
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 26 * (1 - round / ROUNDS) + 1;
    move(x, y, pairs, at.get(root) ?? 0, stretch, heat);
  }
  return new Map(nodes.map((node, i) => [node, { x: x[i], y: y[i] }]));
}

function joined(edges, at) {
  const pairs = new Map();
  for (const { head, tail } of edges) {
    const a = at.get(head);
    const b = at.get(tail);
    if (a !== b && a !== undefined && b !== undefined) pairs.set(a < b ? `${a} ${b}` : `${b} ${a}`, [a, b]);
  }
  return [...pairs.values()];
}

/** Each node on the ring of its distance from the root, beside those that it hangs on. */
function rings(nodes, pairs, root) {
  const near = nodes.map(() => []);
  for (const [a, b] of pairs) {
    near[a].push(b);
    near[b].push(a);
  }
  const depth = new Int32Array(nodes.length).fill(-1);
  const order = [root];
  depth[root] = 0;
  for (let i = 0; i < order.length; i++) {
    for (const far of near[order[i]].sort((a, b) => kindOf(nodes[a]) - kindOf(nodes[b]) || a - b)) {
      if (depth[far] >= 0) continue;
      depth[far] = depth[order[i]] + 1;
      order.push(far);
    }
  }
  const last = Math.max(0, ...depth) + 1;
  for (let i = 0; i < nodes.length; i++) {
    if (depth[i] >= 0) continue;
    depth[i] = last;
    order.push(i);
  }
  const counts = [];
  for (const i of order) counts[depth[i]] = (counts[depth[i]] ?? 0) + 1;
  const used = counts.map(() => 0);
  const places = [];
  for (const i of order) {
    const ring = depth[i];
    const angle = (2 * Math.PI * (used[ring]++ + ring * 0.37)) / counts[ring] - Math.PI / 2;
    const radius = ring * APART * 1.15 * (1 + (used[ring] % 3) * 0.22);
    places[i] = { x: radius * Math.cos(angle) * 1.2, y: radius * Math.sin(angle) };
  }
  return places;
}

const kindOf = (node) => node.kind.index;

function move(x, y, pairs, root, stretch, heat) {
  const count = x.length;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const away = { x: (x[i] - x[j]) / stretch, y: y[i] - y[j] };
      if (away.x === 0 && away.y === 0) away.y = (i - j) / 100;
      const square = away.x * away.x + away.y * away.y;
      if (square > 260_000) continue;
      const force = 5200 / square;
      dx[i] += away.x * force;
      dy[i] += away.y * force;
      dx[j] -= away.x * force;
      dy[j] -= away.y * force;
    }
  }
  for (const [a, b] of pairs) {
    const length = Math.hypot((x[a] - x[b]) / stretch, y[a] - y[b]) || 1;
    const force = ((length - APART) / length) * 0.09;
    dx[a] -= (x[a] - x[b]) * force;
    dy[a] -= (y[a] - y[b]) * force;
    dx[b] += (x[a] - x[b]) * force;
    dy[b] += (y[a] - y[b]) * force;
  }
  for (let i = 0; i < count; i++) {
    if (i === root) continue;
    const length = Math.hypot(dx[i], dy[i]) || 1;
    const step = Math.min(length, heat) / length;
    x[i] += dx[i] * step - x[i] * 0.004;
    y[i] += dy[i] * step - y[i] * 0.004;
  }
}

/** Places for paths between two nodes: columns by the step on which a node is passed first. */
export function columns(paths, { wide = 190, high = 84 } = {}) {
  const step = new Map();
  for (const path of paths) for (const [i, node] of path.entries()) step.set(node, Math.max(i, step.get(node) ?? 0));
  const goal = paths[0].at(-1);
  step.set(goal, Math.max(...step.values()));
  const rows = new Map();
  for (const [node, at] of step) {
    if (!rows.has(at)) rows.set(at, []);
    rows.get(at).push(node);
  }
  const places = new Map();
  for (const [at, nodes] of rows) {
    // A lone node inside steps aside, or a way past it would run right through it.
    const inside = at > 0 && at < step.get(goal);
    const aside = nodes.length === 1 && inside ? (at % 2 ? -1 : 1) * 46 : 0;
    nodes.forEach((node, i) => {
      places.set(node, { x: at * wide, y: (i - (nodes.length - 1) / 2) * high + aside });
    });
  }
  return places;
}

/** Nodes with own places as they stand on the screen (see map.js for what a view is). */
export function sceneView(places, edges, camera) {
  const size = Math.min(1.15, Math.max(0.45, camera.scale));
  const nodes = [];
  for (const [node, at] of places) {
    const { x, y } = toScreen(camera, at.x, at.y);
    nodes.push({ node, x, y, r: Math.max(6, node.size * 0.72 * size) });
  }
  return { grounds: [], bubbles: [], nodes, edges };
}

/** The box [left, top, right, bottom] of the world that places and their names take up. */
export function boxOf(places) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of places.values()) {
    box[0] = Math.min(box[0], x - 58);
    box[1] = Math.min(box[1], y - 30);
    box[2] = Math.max(box[2], x + 58);
    box[3] = Math.max(box[3], y + 42);
  }
  return box;
}
