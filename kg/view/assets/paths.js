// Questions about how things are joined: paths, common neighbours, surroundings, who stands in the middle.
import { neighbours, other } from "./model.js";

const PATIENCE = 200_000;
const DETOUR = 3;

/** Steps from a node to each other one along edges that may be seen; -1 where there is no way. */
export function distances(model, seen, start) {
  const steps = new Int32Array(model.nodes.length).fill(-1);
  steps[start.index] = 0;
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at];
    for (const edge of node.edges) {
      if (!seen.edge[edge.index]) continue;
      const far = other(edge, node);
      if (steps[far.index] >= 0) continue;
      steps[far.index] = steps[node.index] + 1;
      queue.push(far);
    }
  }
  return steps;
}

/**
 * The k shortest ways between two nodes that pass no node twice, the shortest first.
 *
 * The steps to the goal are known beforehand, so unfinished ways are taken up in the order of the length they can
 * end with (A* with an exact estimate); ways more than three steps longer than the shortest are not looked for.
 *
 * @returns lists of nodes, from start to goal
 */
export function shortestPaths(model, seen, start, goal, k) {
  const left = distances(model, seen, goal);
  if (left[start.index] < 0 || start === goal || !seen.node[start.index] || !seen.node[goal.index]) return [];
  const shortest = left[start.index];
  const waiting = Array.from({ length: DETOUR + 1 }, () => []);
  waiting[0].push({ node: start, steps: 0, before: null });
  const found = [];
  let taken = 0;
  for (const [detour, stack] of waiting.entries()) {
    while (stack.length) {
      const way = stack.pop();
      if (way.node === goal) {
        found.push(trace(way));
        if (found.length === k) return found;
        continue;
      }
      if (++taken > PATIENCE) return found;
      // The best connected on top of the stack, so that it is tried first.
      for (const next of neighbours(way.node, seen).reverse()) {
        const longer = way.steps + 1 + left[next.index] - shortest;
        if (left[next.index] < 0 || longer > DETOUR || passes(way, next)) continue;
        waiting[Math.max(longer, detour)].push({ node: next, steps: way.steps + 1, before: way });
      }
    }
  }
  return found;
}

function passes(way, node) {
  for (let at = way; at; at = at.before) if (at.node === node) return true;
  return false;
}

function trace(way) {
  const nodes = [];
  for (let at = way; at; at = at.before) nodes.push(at.node);
  return nodes.reverse();
}

/** Nodes joined to both, the best connected first. */
export function commonNeighbours(seen, a, b) {
  const near = new Set(neighbours(a, seen));
  return neighbours(b, seen).filter((node) => near.has(node) && node !== a);
}

/**
 * A node with what is at most `depth` steps away, nearest first, the best connected of each step first.
 *
 * @returns {nodes, left}: at most `limit` nodes, and how many more there are
 */
export function around(seen, node, depth, limit) {
  const nodes = [node];
  const known = new Set(nodes);
  let edge = [node];
  let left = 0;
  for (let step = 0; step < depth; step++) {
    const next = new Set();
    for (const each of edge) for (const far of neighbours(each, seen)) if (!known.has(far)) next.add(far);
    edge = [...next].sort((a, b) => a.rank - b.rank);
    const room = Math.max(0, limit - nodes.length);
    for (const each of edge) known.add(each);
    nodes.push(...edge.slice(0, room));
    left += Math.max(0, edge.length - room);
  }
  return { nodes, left };
}

/**
 * How often each node lies on shortest ways between the others (Brandes, "A faster algorithm for betweenness
 * centrality", 2001), among the given nodes and edges only.
 *
 * @returns [{node, value}] with the highest value first; a value is the share of all pairs, from 0 to 1
 */
export function betweenness(nodes, edges) {
  const at = new Map(nodes.map((node, i) => [node, i]));
  const near = nodes.map(() => new Set());
  for (const { head, tail } of edges) {
    if (head === tail || !at.has(head) || !at.has(tail)) continue;
    near[at.get(head)].add(at.get(tail));
    near[at.get(tail)].add(at.get(head));
  }
  const value = new Float64Array(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    const steps = new Int32Array(nodes.length).fill(-1);
    const ways = new Float64Array(nodes.length);
    const share = new Float64Array(nodes.length);
    const before = nodes.map(() => []);
    const order = [start];
    steps[start] = 0;
    ways[start] = 1;
    for (let i = 0; i < order.length; i++) {
      for (const far of near[order[i]]) {
        if (steps[far] < 0) {
          steps[far] = steps[order[i]] + 1;
          order.push(far);
        }
        if (steps[far] === steps[order[i]] + 1) {
          ways[far] += ways[order[i]];
          before[far].push(order[i]);
        }
      }
    }
    for (let i = order.length - 1; i > 0; i--) {
      for (const prior of before[order[i]]) share[prior] += (ways[prior] / ways[order[i]]) * (1 + share[order[i]]);
      value[order[i]] += share[order[i]];
    }
  }
  const pairs = Math.max(1, (nodes.length - 1) * (nodes.length - 2));
  return nodes
    .map((node, i) => ({ node, value: value[i] / pairs }))
    .sort((a, b) => b.value - a.value || a.node.rank - b.node.rank);
}
