// What is drawn for a state of the page: the whole map, a neighbourhood, paths, or common neighbours.
import { edgesAmong, neighbours } from "./model.js";
import { around, commonNeighbours, shortestPaths } from "./paths.js";
import { columns, spread } from "./scene.js";

const MOST = [0, 90, 140, 180]; // nodes of a neighbourhood by its depth
const EXPANDED = 30; // nodes that one expansion brings in
const COMMON = 80;

/**
 * The scene of a state.
 *
 * @param known places of the scene before, so that what was drawn stays about where it was
 * @returns null for the map, else {key, root, places (Map), edges, ways (Set of edges on paths, or null),
 *   found (paths, or common nodes), left (neighbours that found no room)}
 */
export function makeScene(model, seen, state, { aspect, known }) {
  const from = model.find(state.from);
  const to = model.find(state.to);
  if (from && to && from !== to) return pathScene(model, seen, state, from, to, aspect);
  const near = model.find(state.near);
  if (!near) return null;
  const first = around(seen, near, state.depth, MOST[state.depth]);
  let left = first.left;
  const nodes = new Set(first.nodes.filter((node) => node === near || seen.node[node.index]));
  for (const id of state.open) {
    const node = model.find(id);
    if (!node) continue;
    nodes.add(node);
    const fresh = neighbours(node, seen).filter((far) => !nodes.has(far));
    for (const far of fresh.slice(0, EXPANDED)) nodes.add(far);
    left += Math.max(0, fresh.length - EXPANDED);
  }
  const edges = edgesAmong(nodes, seen);
  const places = spread([...nodes], edges, near, { aspect, known });
  return { root: near, places, edges, ways: null, found: [], left };
}

function pathScene(model, seen, state, from, to, aspect) {
  if (!state.paths) {
    const found = commonNeighbours(seen, from, to);
    const nodes = [from, to, ...found.slice(0, COMMON)];
    const edges = edgesAmong(nodes, seen);
    const places = columns([[from, to]]);
    const rows = Math.max(1, Math.round(Math.sqrt(found.length / Math.max(0.6, aspect)) * 1.4));
    const wide = Math.ceil(Math.min(COMMON, found.length) / rows) + 1;
    places.set(from, { x: 0, y: 0 });
    places.set(to, { x: wide * 150, y: 0 });
    found.slice(0, COMMON).forEach((node, i) => {
      const column = Math.floor(i / rows);
      const here = Math.min(rows, Math.min(COMMON, found.length) - column * rows);
      places.set(node, { x: (column + 1) * 150, y: ((i % rows) - (here - 1) / 2) * 80 + (column % 2) * 24 });
    });
    return { root: from, places, edges, ways: null, found, left: Math.max(0, found.length - COMMON) };
  }
  const found = shortestPaths(model, seen, from, to, state.paths);
  if (!found.length) return { root: from, places: columns([[from, to]]), edges: [], ways: null, found, left: 0 };
  const next = new Set(found.flatMap((path) => path.slice(1).map((node, i) => pairOf(path[i], node))));
  const edges = edgesAmong(new Set(found.flat()), seen);
  const ways = new Set(edges.filter((edge) => next.has(pairOf(edge.head, edge.tail))));
  return { root: from, places: columns(found), edges: [...ways], ways, found, left: 0 };
}

function pairOf(a, b) {
  return a.index < b.index ? `${a.index} ${b.index}` : `${b.index} ${a.index}`;
}
