// What leaves the page as text: tables, queries, addresses, drawings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { field, toCsv } from "../../kg/view/assets/csv.js";
import { literal, toCypher } from "../../kg/view/assets/cypher.js";
import { webAddress } from "../../kg/view/assets/evidence.js";
import { OPEN } from "../../kg/view/assets/filters.js";
import { placeLabels, shortened } from "../../kg/view/assets/labels.js";
import { corners, svgPen } from "../../kg/view/assets/pen.js";
import { columns as pathColumns, spread } from "../../kg/view/assets/scene.js";
import { readState, START, writeState } from "../../kg/view/assets/state.js";
import { missing } from "../../kg/view/assets/words.js";
import { twoCounties } from "./graph.js";

test("a field of a table is quoted and is no formula", () => {
  assert.equal(field('他说"好",走'), '"他说""好"",走"');
  assert.equal(field("=SUM(A1)"), "'=SUM(A1)");
  assert.equal(field("-1+cmd"), "'-1+cmd");
  assert.equal(field("a\nb"), '"a\nb"');
  assert.equal(field(null), "");
});

test("a table has a row a relation, and one for what has none", () => {
  const model = twoCounties();
  const lines = toCsv(model.nodes.slice(0, 3), model.edges.slice(0, 1)).split("\r\n");
  assert.ok(lines[0].startsWith("\ufeffhead,head_type"));
  assert.deepEqual(lines[1].split(",").slice(0, 6), ["单国强", "Official", "o1", "LEADS", "县长", "松阳县"]);
  assert.ok(lines[2].startsWith("长兴县,Region,r2,,,"));
  assert.equal(lines.length, 4);
});

test("a Cypher literal cannot be left", () => {
  assert.equal(literal("a'b\\c"), "'a\\'b\\\\c'");
  assert.equal(literal("a\nb\u2028"), "'a\\u000ab\\u2028'");
  assert.equal(literal("县"), "'县'");
});

test("a query names the nodes, types and what is left out", () => {
  const model = twoCounties();
  const [first, , third] = model.edges;
  assert.match(toCypher(model.nodes.slice(0, 1), [], []), /WHERE a\.id IN \['r1'\]\nRETURN a$/);
  const text = toCypher([first.head, first.tail], [first], [first]);
  assert.match(text, /type\(r\) IN \['LEADS'\]\nRETURN/);
  assert.match(toCypher([first.head, first.tail], [first], [first, { ...first, title: "书记" }]), /AND NOT .*'o1\|LEADS\|r1\|书记'/);
  assert.ok(!toCypher([first.head, first.tail], [first], [first, third]).includes("NOT"));
});

test("an address gives back the state it was written for", () => {
  const state = {
    ...START, node: "a&b=#", near: "县,长", depth: 2, open: ["x,y", "z%"], from: "p", to: "q", paths: 3,
    filter: { kinds: ["Person"], links: ["A,B"], since: "2020", until: "2021-03-31", county: "r1", score: 0.5 }, camera: [1, -2.5, 0.25],
  };
  assert.deepEqual(readState(`#${writeState(state)}`), state);
  assert.deepEqual(readState(""), START);
  assert.equal(writeState(START), "");
});

test("an address that makes no sense is the start", () => {
  const state = readState("#depth=9&edge=-4&since=yesterday&score=7&at=1,2&paths=x&open=%25zz");
  assert.deepEqual({ ...state, open: [] }, START);
  assert.deepEqual(readState("").filter, OPEN);
});

test("only web pages become links", () => {
  assert.equal(webAddress("https://a.example/县?x=1"), "https://a.example/%E5%8E%BF?x=1");
  assert.equal(webAddress("HTTP://a.example/"), "http://a.example/");
  for (const source of ["javascript:alert(1)", "data:text/html,x", "news/d1.txt", "", null, " https://x", "https://", "file:///etc"]) {
    assert.equal(webAddress(source), null, String(source));
  }
});

test("a drawing holds text as text", () => {
  const pen = svgPen(100, 50, () => 10);
  pen.text('</text><script>"&', 1, 2, { size: 10, fill: "red", halo: "blue" });
  pen.shape("star", 5, 5, 3, { fill: 'x" onload="y' });
  const text = pen.document("<b>");
  assert.ok(!/<script|<b>|" onload/.test(text));
  assert.ok(text.includes("&#60;script&#62;"));
});

test("labels keep off each other and off signs", () => {
  const label = (x, y, more) => ({ x, y, lines: [{ text: "松阳县", size: 12 }], alpha: 1, ...more });
  const measure = (text, size) => text.length * size;
  const placed = placeLabels([label(50, 50), label(55, 52), label(55, 52, { places: [[0, 0], [0, 30]] }), label(300, 50)], [{ x: 300, y: 50, r: 8 }], measure);
  assert.deepEqual(placed.map(({ x, y }) => [x, y]), [[50, 50], [55, 82]]);
  assert.equal(shortened("一二三四五", 4), "一二三…");
  assert.equal(shortened("a\nb", 4), "a b");
});

test("every type has a shape of its own", () => {
  const forms = ["square", "diamond", "triangle", "triangleDown", "hexagon", "star"].map((name) => JSON.stringify(corners(name)));
  assert.equal(new Set(forms).size, forms.length);
  assert.deepEqual(corners("dot"), []);
});

test("a neighbourhood is laid out the same each time, and nothing lies on anything", () => {
  const model = twoCounties();
  const root = model.nodes[0];
  const once = spread(model.nodes, model.edges, root);
  assert.deepEqual([...once.values()], [...spread(model.nodes, model.edges, root).values()]);
  assert.equal(Math.hypot(once.get(root).x, once.get(root).y), 0);
  const places = [...once.values()];
  for (const a of places) for (const b of places) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) > 40);
});

test("paths run from left to right", () => {
  const [r1, r2, o1, o2, c1] = twoCounties().nodes;
  const places = pathColumns([[r1, c1, o2, r2], [r1, o1, c1, o2, r2]]);
  assert.equal(places.get(r1).x, 0);
  assert.ok([r1, o1, o2].every((node) => places.get(node).x < places.get(r2).x));
});

test("both languages say the same", () => {
  assert.deepEqual(missing(), []);
});
