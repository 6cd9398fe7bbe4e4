// The renderer by itself, for other pages: a small graph on a canvas of theirs, such as the answer of a query.
import { fitted } from "./camera.js";
import { makePicture } from "./picture.js";
import { boxOf, sceneView, spread } from "./scene.js";

const COLOURS = {
  paper: "#ffffff", ink: "#23272e", soft: "#666e79", edge: "#8d96a3", accent: "#0b6b8f", groundFill: "none",
  groundLine: "none", bubbleFill: "none", bubbleLine: "none", bubblePaper: "#ffffff",
};
const GREY = { zh: "", name: "", shape: "dot", colour: "#7F7F7F" };

/**
 * Draws a graph of up to some hundreds of nodes, which can then be moved, zoomed and clicked.
 *
 * @param canvas an element that has a size; give it tabindex="0" for keys
 * @param graph {nodes: [{id, name, kind: {name, zh, shape, colour}}], edges: [{head, tail, type, title}]} where head
 *   and tail are ids; edges to unknown ids are left out, and a node without a kind is a grey dot
 * @param on what to call: node(node or null), edge(edge), open(node) on a double click; each gets what was given
 * @param colours those of COLOURS that are other on this page
 * @returns {choose(id or null), fit(), picture}
 */
export function drawGraph(canvas, graph, { on = {}, colours = {} } = {}) {
  const nodes = graph.nodes.map((given, index) => ({
    given, index, id: given.id, name: given.name ?? given.id, kind: { index: 0, ...GREY, ...given.kind }, size: 9, edges: [], rank: index,
  }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = graph.edges.filter(({ head, tail }) => byId.has(head) && byId.has(tail));
  const edges = known.map((given, index) => ({
    given, index, head: byId.get(given.head), tail: byId.get(given.tail), title: given.title ?? "",
    link: { name: given.type, zh: given.type },
  }));
  for (const edge of edges) {
    edge.head.edges.push(edge);
    if (edge.tail !== edge.head) edge.tail.edges.push(edge);
  }
  for (const node of nodes) node.size = Math.min(24, 7 + 1.9 * Math.sqrt(node.edges.length));
  const centre = nodes.reduce((best, node) => (best && best.edges.length >= node.edges.length ? best : node), null);
  const box = canvas.getBoundingClientRect();
  const places = spread(nodes, edges, centre, { aspect: box.width / Math.max(1, box.height) });
  let marks = { chosen: null, edge: null, lit: null, ways: null, hovered: null };

  function choose(node, edge = null) {
    const lit = edge ? [edge.head, edge.tail] : node ? [node, ...node.edges.flatMap((each) => [each.head, each.tail])] : null;
    marks = { ...marks, chosen: node, edge, lit: lit && new Set(lit) };
    picture.redraw();
  }

  const picture = makePicture(canvas, {
    compose: (camera) => sceneView(places, edges, camera),
    look: () => ({ colours: { ...COLOURS, ...colours }, english: true, ...marks }),
    on: {
      node(node) {
        choose(node);
        on.node?.(node.given);
      },
      edge(edge) {
        choose(null, edge);
        on.edge?.(edge.given);
      },
      nothing() {
        choose(null);
        on.node?.(null);
      },
      open: (node) => on.open?.(node.given),
      hover(node) {
        marks = { ...marks, hovered: node };
        picture.redraw();
      },
    },
  });

  function fit() {
    picture.measureBox();
    if (nodes.length) picture.lookAt(fitted(picture.camera, boxOf(places)), false);
    picture.draw();
  }

  fit();
  return { choose: (id) => choose(byId.get(id) ?? null), fit, picture };
}
