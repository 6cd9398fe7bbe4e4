// Paths, common neighbours, surroundings and centrality.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFilter, OPEN } from "../../kg/view/assets/filters.js";
import { buildModel } from "../../kg/view/assets/model.js";
import { around, betweenness, commonNeighbours, distances, shortestPaths } from "../../kg/view/assets/paths.js";
import { columns, twoCounties } from "./graph.js";

const ids = (nodes) => nodes.map((node) => node.id).join(" ");

test("paths, the shortest first, each node once", () => {
  const model = twoCounties();
  const seen = applyFilter(model, OPEN);
  const [r1, r2] = model.nodes;
  assert.deepEqual(shortestPaths(model, seen, r1, r2, 5).map(ids), ["r1 c1 o2 r2", "r1 c1 o2 c2 r2", "r1 o1 c1 o2 r2", "r1 o1 c1 o2 c2 r2"]);
  assert.equal(shortestPaths(model, seen, r1, r2, 2).length, 2);
  assert.deepEqual(shortestPaths(model, seen, r1, r1, 2), []);
  const without = applyFilter(model, { ...OPEN, links: ["VISITS"] });
  assert.deepEqual(shortestPaths(model, without, r1, r2, 2), []);
  assert.equal(distances(model, without, r1)[r2.index], -1);
});

/** All simple paths by trying everything, for comparison. */
function every(seen, start, goal) {
  const found = [];
  const walk = (way) => {
    const node = way.at(-1);
    if (node === goal) return found.push(way);
    for (const edge of node.edges) {
      const far = edge.head === node ? edge.tail : edge.head;
      if (seen.edge[edge.index] && !way.includes(far)) walk([...way, far]);
    }
    return 0;
  };
  walk([start]);
  return new Set(found.map(ids));
}

test("the k shortest are those that trying everything finds", () => {
  let turn = 7;
  const random = (most) => {
    turn = (turn * 1103515245 + 12345) % 2147483648;
    return turn % most;
  };
  for (let round = 0; round < 20; round++) {
    const nodes = Array.from({ length: 8 }, (_, i) => [`n${i}`, "Official", `n${i}`, {}]);
    const edges = Array.from({ length: 12 }, () => ["VISITS", `n${random(8)}`, `n${random(8)}`, {}]);
    const model = buildModel(columns(nodes, edges));
    const seen = applyFilter(model, OPEN);
    const all = [...every(seen, model.nodes[0], model.nodes[7])];
    const shortest = Math.min(...all.map((way) => way.split(" ").length));
    const near = all.filter((way) => way.split(" ").length <= shortest + 3);
    const got = shortestPaths(model, seen, model.nodes[0], model.nodes[7], 1000).map(ids);
    assert.deepEqual([...got].sort(), near.sort());
    assert.deepEqual(got.map((way) => way.length), got.map((way) => way.length).sort((a, b) => a - b));
  }
});

test("common neighbours and surroundings", () => {
  const model = twoCounties();
  const seen = applyFilter(model, OPEN);
  const [r1, , o1, o2] = model.nodes;
  assert.equal(ids(commonNeighbours(seen, o1, o2)), "c1");
  assert.equal(ids(around(seen, r1, 1, 50).nodes), "r1 c1 o1");
  assert.equal(ids(around(seen, r1, 2, 50).nodes), "r1 c1 o1 o2");
  const cut = around(seen, r1, 1, 2);
  assert.deepEqual([ids(cut.nodes), cut.left], ["r1 c1", 1]);
});

test("who stands between the others", () => {
  const nodes = ["a", "b", "c", "d"].map((id) => [id, "Official", id, {}]);
  const model = buildModel(columns(nodes, [["VISITS", "a", "b", {}], ["VISITS", "b", "c", {}], ["VISITS", "b", "d", {}]]));
  const [first, second] = betweenness(model.nodes, model.edges);
  assert.deepEqual([first.node.id, first.value], ["b", 1]);
  assert.equal(second.value, 0);
});
