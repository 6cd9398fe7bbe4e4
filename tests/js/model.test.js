// The graph, its filters and what the map shows of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFilter, countyChoices, isOpen, OPEN } from "../../kg/view/assets/filters.js";
import { makeGrid } from "../../kg/view/assets/grid.js";
import { makeMap } from "../../kg/view/assets/map.js";
import { buildModel, edgesAmong, neighbours, within } from "../../kg/view/assets/model.js";
import { columns, twoCounties } from "./graph.js";

const names = (model, seen) => model.nodes.filter((node) => seen.node[node.index]).map((node) => node.name);

test("nodes know their edges, county and place in the tree", () => {
  const model = twoCounties();
  const [r1, r2, o1] = model.nodes;
  assert.equal(o1.county, r1);
  assert.ok(within(o1, r1) && within(r1, r1) && !within(o1, r2));
  assert.deepEqual(neighbours(o1, applyFilter(model, OPEN)).map((node) => node.id).sort(), ["c1", "r1"]);
  assert.equal(edgesAmong(model.nodes, applyFilter(model, OPEN)).length, model.edges.length);
  assert.deepEqual(r1.aliases, ["松阳"]);
  assert.equal(model.find("nobody"), null);
});

test("on an upright screen the picture lies on its side", () => {
  const data = columns([["a", "Official", "a", {}], ["b", "Official", "b", {}]], [["VISITS", "a", "b", {}]]);
  assert.deepEqual([buildModel(data).nodes[1].x, buildModel(data, true).nodes[1].y], [40, 40]);
});

test("types, relation types and confidence hide, and all is counted", () => {
  const model = twoCounties();
  const seen = applyFilter(model, { ...OPEN, kinds: ["Company"] });
  assert.deepEqual(names(model, seen), ["松阳县", "长兴县", "单国强", "强国"]);
  assert.equal(seen.edges, 2);
  assert.deepEqual(seen.kinds, [2, 2, 0]);
  assert.equal(seen.inside[0], 2);
  assert.equal(applyFilter(model, { ...OPEN, links: ["VISITS"] }).edges, 4);
  assert.ok(!names(model, applyFilter(model, { ...OPEN, score: 0.6 })).includes("强国"));
  assert.equal(applyFilter(model, OPEN).nodes, 6);
  assert.ok(isOpen(OPEN) && !isOpen({ ...OPEN, score: 0.1 }));
});

test("a range of days goes as far as a day is known", () => {
  const model = twoCounties();
  const of = (since, until) => names(model, applyFilter(model, { ...OPEN, since, until }));
  assert.deepEqual(of("2022-10-15", ""), ["长兴县", "强国"]);
  assert.deepEqual(of("", "2019-05"), ["长兴县"]);
  assert.deepEqual(of("2021-03-31", "2021-12"), ["松阳县", "长兴县", "单国强"]);
  assert.deepEqual(of("2020", "2020"), ["松阳县", "长兴县", "单国强", "甲公司"]);
  assert.deepEqual([model.nodes[0].first, model.nodes[0].last, model.nodes[5].first], ["2020-01-05", "2021-03", null]);
});

test("a county shows what lies in it", () => {
  const model = twoCounties();
  assert.deepEqual(names(model, applyFilter(model, { ...OPEN, county: "r2" })), ["长兴县", "强国", "乙公司"]);
  assert.deepEqual(countyChoices(model).map((node) => node.id), ["r1", "r2"]);
});

test("the grid finds what lies in a box and nothing else", () => {
  const points = Array.from({ length: 500 }, (_, i) => ({ x: (i * 37) % 101, y: (i * 53) % 97 }));
  const grid = makeGrid(points);
  const box = [10, 20, 40, 60];
  const inside = points.filter(({ x, y }) => x >= 10 && x <= 40 && y >= 20 && y <= 60);
  assert.equal(grid.within(box).length, inside.length);
  assert.ok(grid.few([0, 0, 101, 97], 500) && !grid.few([0, 0, 101, 97], 499));
});

test("a far region is a bubble with its number, a near one opens", () => {
  const model = twoCounties();
  const map = makeMap(model);
  const seen = applyFilter(model, { ...OPEN, kinds: ["Company"] });
  const far = map(seen, { x: 150, y: 0, scale: 0.2, width: 800, height: 600 });
  assert.deepEqual(far.bubbles.map(({ node, count }) => [node.id, count]), [["r1", 2], ["r2", 2]]);
  assert.deepEqual(far.nodes, []);
  const near = map(seen, { x: 60, y: 0, scale: 2, width: 800, height: 600 });
  assert.deepEqual(near.grounds.map(({ node }) => node.id), ["r1", "r2"].slice(0, near.grounds.length));
  assert.ok(near.nodes.some(({ node }) => node.id === "o1"));
  assert.ok(!near.nodes.some(({ node }) => node.kind.name === "Company"));
});

test("a map of many nodes draws a few hundred, none over another, at any distance", () => {
  const rows = Array.from({ length: 4000 }, (_, i) => [`o${i}`, "Official", `人${i}`, { parent: "r" }]);
  const model = buildModel(columns([["r", "Region", "县", {}], ...rows], rows.map(([id]) => ["LEADS", id, "r", {}]), [["r", 180, 8000, 9000]]));
  const map = makeMap(model);
  const seen = applyFilter(model, OPEN);
  for (const scale of [0.05, 0.3, 1, 4]) {
    const view = map(seen, { x: 180, y: 8000, scale, width: 1400, height: 900 });
    assert.ok(view.nodes.length > 0 && view.nodes.length <= 270, `${view.nodes.length} at ${scale}`);
    for (const a of view.nodes) for (const b of view.nodes) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) > a.r + b.r);
  }
  const pinned = map(seen, { x: 180, y: 8000, scale: 0.05, width: 1400, height: 900 }, [model.nodes[3999]]);
  assert.ok(pinned.nodes.some(({ node }) => node.id === "o3998"));
});
