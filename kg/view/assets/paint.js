// Draws a view with a pen: grounds, bubbles, edges, signs, names. The same for the screen, PNG and SVG.
import { placeLabels, shortened } from "./labels.js";

const NAME = 12;
const LONGEST = 11;

/**
 * Draws everything.
 *
 * @param view grounds, bubbles, nodes and edges in pixels (see map.js)
 * @param look colours by name; what is marked: chosen and hovered node, edge, lit and ways (Sets or null); covered and
 *   bounds for the names (see labels.js)
 * @returns {labels, edges}: the names that were drawn with their boxes, and the curves of the edges, to point at
 */
export function paint(pen, view, look) {
  const { colours } = look;
  for (const { x, y, r } of view.grounds) {
    pen.circle(x, y, r, { fill: colours.groundFill, stroke: colours.groundLine, width: 1 });
  }
  for (const { x, y, r, node } of view.bubbles) {
    const own = node === look.chosen || node === look.hovered;
    pen.alpha(look.lit && !look.lit.has(node) ? 0.45 : 1);
    pen.circle(x, y, r, { fill: colours.bubbleFill, stroke: own ? colours.ink : colours.bubbleLine, width: own ? 2 : 1 });
  }
  const edges = drawEdges(pen, view, look);
  for (const { node, x, y, r } of view.nodes) {
    const own = node === look.chosen;
    const bright = !look.lit || look.lit.has(node);
    pen.alpha(bright ? 1 : 0.25);
    if (own) pen.circle(x, y, r * 1.3 + 4.5, { stroke: colours.accent, width: 2.5 });
    else if (node === look.hovered) pen.circle(x, y, r * 1.25 + 3, { stroke: colours.soft, width: 1.5 });
    pen.shape(node.kind.shape, x, y, r, { fill: node.kind.colour, stroke: colours.paper, width: 1.5 });
  }
  pen.alpha(1);
  const labels = placeLabels([...names(view, look), ...edgeNames(edges, view, look)], view.nodes, pen.measure, look);
  for (const { lines, x, y, alpha } of labels) {
    pen.alpha(alpha);
    let at = y;
    for (const line of lines) {
      pen.text(line.text, x, at, { size: line.size, bold: line.bold, fill: line.colour, halo: line.halo });
      at += line.size * 1.25;
    }
  }
  pen.alpha(1);
  return { labels, edges };
}

/** Edges as curves; those between the same two nodes fan out. */
function drawEdges(pen, view, look) {
  const at = new Map([...view.bubbles, ...view.nodes].map((each) => [each.node, each]));
  const seen = new Map();
  const curves = [];
  for (const edge of view.edges) {
    const from = at.get(edge.head);
    const to = at.get(edge.tail);
    if (!from || !to || from === to) continue;
    const pair = from.node.index < to.node.index ? `${from.node.index} ${to.node.index}` : `${to.node.index} ${from.node.index}`;
    const nth = seen.get(pair) ?? 0;
    seen.set(pair, nth + 1);
    const turn = from.node.index < to.node.index ? 1 : -1;
    const bend = turn * Math.ceil(nth / 2) * (nth % 2 ? 1 : -1) * 26;
    curves.push(curve(edge, from, to, bend));
  }
  const marked = (edge) => edge === look.edge || (!look.edge && look.chosen && (edge.head === look.chosen || edge.tail === look.chosen));
  const ways = look.ways;
  // Round a hub thin lines without heads are read more easily than a sheaf of arrows.
  const many = curves.filter((each) => marked(each.edge)).length > 12;
  const onMap = view.grounds.length + view.bubbles.length > 0;
  const quiet = onMap ? Math.min(0.36, Math.max(0.16, 20 / curves.length)) : 0.6;
  // The marked ones last, over the others.
  for (const bright of [false, true]) {
    for (const each of curves) {
      if ((marked(each.edge) || Boolean(ways?.has(each.edge))) !== bright) continue;
            pen.alpha(bright ? (many ? 0.5 : 0.9) : look.lit ? 0.14 : quiet);
      const colour = bright ? look.colours.accent : look.colours.edge;
      pen.curve(each.from, each.middle, each.to, colour, bright && !many ? 2 : 1.2);
      if (bright ? !many : each.length > 44) pen.polygon(arrow(each, bright ? 7 : 5), colour);
    }
  }
  pen.alpha(1);
  return curves;
}

function curve(edge, a, b, bend) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const nx = -(b.y - a.y) / length;
  const ny = (b.x - a.x) / length;
  const middle = bend ? { x: (a.x + b.x) / 2 + nx * bend * 2, y: (a.y + b.y) / 2 + ny * bend * 2 } : null;
  const towards = (from, to, gap) => {
    const way = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const share = Math.min(0.45, gap / way);
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  };
  return {
    edge,
    from: towards(a, middle ?? b, a.r + 2),
    middle,
    to: towards(b, middle ?? a, b.r * 1.2 + 3),
    centre: { x: (a.x + b.x) / 2 + nx * bend, y: (a.y + b.y) / 2 + ny * bend },
    length,
  };
}

function arrow({ from, middle, to }, size) {
  const back = middle ?? from;
  const length = Math.hypot(to.x - back.x, to.y - back.y) || 1;
  const ux = (to.x - back.x) / length;
  const uy = (to.y - back.y) / length;
  return [
    to,
    { x: to.x - ux * size - uy * size * 0.45, y: to.y - uy * size + ux * size * 0.45 },
    { x: to.x - ux * size + uy * size * 0.45, y: to.y - uy * size - ux * size * 0.45 },
  ];
}

/** Labels of bubbles, regions and nodes, the most important first. */
function names(view, look) {
  const { colours } = look;
  const first = [];
  const labels = [];
  const later = [];
  const grounds = new Map(view.grounds.map((ground) => [ground.node, ground]));
  for (const { node, x, y, r } of view.nodes) {
    const own = node === look.chosen || node === look.hovered;
    const ground = grounds.get(node);
    const bright = !look.lit || look.lit.has(node);
    const size = ground ? Math.min(17, 12 + ground.r / 90) : own ? 13 : NAME;
    const label = {
      node,
      x,
      y,
      reach: r + 1,
      places: [[0, r + size * 0.75 + 2], [0, -r - size * (ground ? 2 : 0.75) - 3], [1, 0], [-1, 0]],
      must: own,
      alpha: bright ? 1 : 0.4,
      lines: [{
        text: shortened(node.name, own ? 40 : LONGEST),
        size,
        bold: own || Boolean(ground),
        colour: colours.ink,
        halo: colours.paper,
      }],
    };
    if (ground) label.lines.push({ text: ground.count.toLocaleString("en"), size: 11, bold: false, colour: colours.soft, halo: colours.paper });
    (own ? first : bright && (ground || look.lit) ? labels : later).push(label);
  }
  const bubbles = [...view.bubbles].sort((a, b) => b.r - a.r).map((bubble) => bubbleName(bubble, look));
  return [...first, ...labels, ...bubbles, ...later];
}

function bubbleName({ node, x, y, r, count }, { colours, lit, hovered, chosen }) {
  const size = Math.min(15, Math.max(11, r / 3.2));
  const number = { text: count.toLocaleString("en"), size: Math.max(10, size - 2), bold: false, colour: colours.soft, halo: null };
  const name = { text: shortened(node.name, 8), size, bold: r > 34, colour: colours.ink, halo: colours.bubblePaper };
  const lines = r > 17 ? [name, number] : [name];
  const within = [0, -r * 0.45, r * 0.45];
  const places = r > 20 ? within.flatMap((dy) => [0, -r * 0.4, r * 0.4].map((across) => [0, dy, across])) : [[0, 0]];
  return { node, x, y: y - (lines.length - 1) * size * 0.6, places, lines, must: node === hovered || node === chosen, alpha: lit && !lit.has(node) ? 0.5 : 1 };
}

/** Offices and relation types along the marked edges. */
function edgeNames(curves, view, look) {
  const marked = look.edge
    ? curves.filter((each) => each.edge === look.edge)
    : look.ways
      ? curves.filter((each) => look.ways.has(each.edge))
      : look.chosen
        ? curves.filter(({ edge }) => edge.head === look.chosen || edge.tail === look.chosen)
        : view.nodes.length <= 40 && !view.grounds.length
          ? curves
          : [];
  // Many times the same word tells nothing; offices always do.
  const told = marked.length > 14 ? marked.filter(({ edge }) => edge.title) : marked;
  return told.map(({ edge, centre }) => ({
    edge,
    x: centre.x,
    y: centre.y,
    alpha: 1,
    lines: [{
      text: shortened(edge.title || (look.english ? edge.link.name : edge.link.zh), 12),
      size: 11,
      bold: false,
      colour: look.colours.accent,
      halo: look.colours.paper,
    }],
  }));
}
