// An answer as a graph: SVG that is dragged to move it and turned at the wheel to come nearer.

import { drawn, element, nodeName, ownLabels, shown } from "./dom.js";
import { layOut } from "./layout.js";

const RADIUS = 14;
const OTHER = "#7f7f7f";
const LONGEST = 14;
const BEND = 60;
const HIDDEN = new Set(["evidence_json", "names"]); // the same as other properties, for programs

export function draw(place, details, graph, colours) {
  const index = new Map(graph.nodes.map((node, i) => [node.key, i]));
  const ends = graph.edges.map((edge) => [index.get(edge.head), index.get(edge.tail)]);
  const places = layOut(graph.nodes.length, ends.filter(([head, tail]) => head !== tail));
  const svg = drawn("svg", { role: "img", "aria-label": `${graph.nodes.length} / ${graph.edges.length}` });
  svg.append(arrow());
  const choose = (mark, title, properties) => {
    svg.querySelector(".chosen")?.classList.remove("chosen");
    mark.classList.add("chosen");
    tell(details, title, properties);
  };
  const pairs = ends.map((pair) => [...pair].sort((a, b) => a - b).join(" "));
  graph.edges.forEach((edge, i) => {
    const [from, to] = ends[i];
    const nth = pairs.slice(0, i).filter((pair) => pair === pairs[i]).length;
    const bend = BEND * (nth - (pairs.filter((pair) => pair === pairs[i]).length - 1) / 2);
    const [path, middle] = from === to ? loop(places[from], nth)
      : curve(places[from], places[to], from < to ? bend : -bend);
    const line = drawn("path", { d: path, class: "edge", "marker-end": "url(#arrow)" });
    const hit = drawn("path", { d: path, class: "hit" });
    const title = edge.properties.title ? `${edge.type} ${edge.properties.title}` : edge.type;
    hit.addEventListener("click", () => choose(line, title, edge.properties));
    svg.append(line, hit, drawn("text", { x: middle[0], y: middle[1] - 3, class: "edge-text" }, short(title)));
  });
  graph.nodes.forEach((node, i) => {
    const [x, y] = places[i];
    const colour = node.labels.map((label) => colours[label]).find(Boolean) ?? OTHER;
    const circle = drawn("circle", { cx: x, cy: y, r: RADIUS, class: "node", fill: colour, tabindex: 0 });
    const open = () => choose(circle, shown(node), node.properties);
    circle.addEventListener("click", open);
    circle.addEventListener("keydown", (event) => event.key === "Enter" && open());
    circle.append(drawn("title", {}, `${ownLabels(node).join(" ")} ${nodeName(node)}`));
    svg.append(circle, drawn("text", { x, y: y + RADIUS + 13 }, short(nodeName(node))));
  });
  place.replaceChildren(svg);
  details.replaceChildren();
  move(svg, bounds(places));
}

function tell(details, title, properties) {
  const list = element("dl");
  for (const [key, value] of Object.entries(properties)) {
    if (HIDDEN.has(key)) continue;
    const text = Array.isArray(value) ? value.map(shown).join("\n") : shown(value);
    list.append(element("dt", key), element("dd", text));
  }
  details.replaceChildren(element("h2", title), list);
}

const short = (text) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text);

function arrow() {
  const marker = drawn("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 10, refY: 5,
    markerUnits: "userSpaceOnUse", markerWidth: 10, markerHeight: 10, orient: "auto" });
  marker.append(drawn("path", { d: "M0 0 10 5 0 10z", fill: "#888" }));
  const definitions = drawn("defs");
  definitions.append(marker);
  return definitions;
}

function loop([x, y], nth) {
  const size = 40 + 14 * nth;
  const top = y - size * 1.5;
  return [`M${x - 8} ${y - 11}C${x - size} ${top} ${x + size} ${top} ${x + 8} ${y - 11}`, [x, y - size * 1.15]];
}

// A path from one place to another that leaves the straight line by half of the bend, and its middle.
function curve([ax, ay], [bx, by], bend) {
  const length = Math.hypot(bx - ax, by - ay);
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [cx, cy] = [(ax + bx) / 2 - uy * bend, (ay + by) / 2 + ux * bend];
  const [sx, sy] = [ax + ux * RADIUS, ay + uy * RADIUS];
  const [ex, ey] = [bx - ux * (RADIUS + 2), by - uy * (RADIUS + 2)];
  return [`M${sx} ${sy}Q${cx} ${cy} ${ex} ${ey}`, [(ax + bx + 2 * cx) / 4, (ay + by + 2 * cy) / 4]];
}

function bounds(places) {
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const [left, top] = [Math.min(...xs, 0) - 80, Math.min(...ys, 0) - 80];
  return [left, top, Math.max(...xs, 0) + 80 - left, Math.max(...ys, 0) + 80 - top];
}

function move(svg, box) {
  const show = () => svg.setAttribute("viewBox", box.join(" "));
  // the picture may be smaller than its box in one direction
  const scale = () => Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
  show();
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const factor = event.deltaY > 0 ? 1.2 : 1 / 1.2;
    const frame = svg.getBoundingClientRect();
    const [fx, fy] = [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
    box[0] += box[2] * fx * (1 - factor);
    box[1] += box[3] * fy * (1 - factor);
    box[2] *= factor;
    box[3] *= factor;
    show();
  }, { passive: false });
  svg.addEventListener("pointermove", (event) => {
    if (event.buttons !== 1) return;
    box[0] -= event.movementX * scale();
    box[1] -= event.movementY * scale();
    show();
  });
}
