// The graph as the page knows it: nodes and edges that refer to each other. No drawing and no document here.

const SMALLEST = 7;
const LARGEST = 24;

/** The ground of everything that lies in no region. */
const OUTSIDE = { node: null, x: 0, y: 0, radius: Number.POSITIVE_INFINITY, depth: -1 };

/**
 * Nodes, edges and grounds out of the columns that kg/view/data.py writes.
 *
 * A node has: index, id, kind, name, aliases, level, code, place, x, y, size, parent, score, first, last (days),
 * from, to (positions of the days), edges, rank (0 is the best connected), county, begin and end (its place in the
 * tree: what lies in it has a begin between), ground (its own circle or null), lies (the circle it lies in).
 *
 * @param upright lay the picture on its side, for a screen higher than wide
 */
export function buildModel(data, upright = false) {
  const { words, dates } = data;
  const word = (at) => (at < 0 ? null : words[at]);
  const day = (at) => (at < 0 ? null : dates[at]);
  // The layout is wider than high; on an upright screen it lies on its side.
  const across = upright ? "y" : "x";
  const down = upright ? "x" : "y";
  const kinds = data.kinds.map(([name, zh, colour, shape], index) => ({ index, name, zh, colour, shape, count: 0 }));
  const links = data.links.map(([name, zh], index) => ({ index, name, zh, count: 0 }));
  const column = data.nodes;
  const nodes = column.id.map((id, index) => {
    const kind = kinds[column.kind[index]];
    kind.count += 1;
    return {
      index,
      id,
      kind,
      name: column.name[index],
      aliases: [],
      level: word(column.level[index]),
      code: word(column.code[index]),
      place: word(column.place[index]),
      x: column[across][index],
      y: column[down][index],
      size: SMALLEST,
      parent: null,
      score: column.score[index] / 100,
      first: null,
      last: null,
      from: column.first[index],
      to: column.last[index],
      edges: [],
      children: null,
      rank: 0,
      begin: 0,
      end: 0,
      county: null,
      ground: null,
      lies: null,
    };
  });
  for (const [index, ...aliases] of column.aliases) nodes[index].aliases = aliases;
  const edges = readEdges(data.edges, nodes, links, { word, day });
  for (const node of nodes) {
    node.first = day(node.from);
    node.last = day(node.to);
  }
  for (const node of nodes) {
    node.size = Math.min(LARGEST, SMALLEST + 1.9 * Math.sqrt(node.edges.length));
    const parent = column.parent[node.index];
    if (parent >= 0) {
      node.parent = nodes[parent];
      nodes[parent].children ??= [];
      nodes[parent].children.push(node);
    }
  }
  const important = [...nodes].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);
  important.forEach((node, rank) => {
    node.rank = rank;
  });
  const tree = numberTree(nodes);
  const grounds = readGrounds(data.grounds, nodes, across, down);
  const outside = { ...OUTSIDE, members: [], inner: [] };
  for (const node of tree) {
    node.county = node.level === "county" ? node : (node.parent?.county ?? null);
    node.lies = node.parent ? (node.parent.ground ?? node.parent.lies) : outside;
  }
  for (const node of important) {
    if (!node.ground) node.lies.members.push(node);
    else node.lies.inner.push(node.ground);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    kinds,
    links,
    nodes,
    edges,
    grounds,
    outside,
    important,
    tree,
    dates,
    levels: data.levels,
    readings: data.readings,
    surnames: data.surnames,
    find: (id) => byId.get(id) ?? null,
  };
}

/** The other end of an edge. */
export function other(edge, node) {
  return edge.head === node ? edge.tail : edge.head;
}

/** Nodes joined to one by edges that may be seen, the best connected first. */
export function neighbours(node, seen) {
  const found = new Set();
  for (const edge of node.edges) if (seen.edge[edge.index]) found.add(other(edge, node));
  found.delete(node);
  return [...found].sort((a, b) => a.rank - b.rank);
}

/** Whether a node is a region or lies in it. */
export function within(node, region) {
  return node.begin >= region.begin && node.begin < region.end;
}

/** Edges among some nodes that may be seen, each once. */
export function edgesAmong(nodes, seen, limit = Number.POSITIVE_INFINITY) {
  const present = nodes instanceof Set ? nodes : new Set(nodes);
  const found = [];
  for (const node of present) {
    for (const edge of node.edges) {
      const far = other(edge, node);
      // From the end with fewer edges: the hubs' long lists are read once at most.
      if (!seen.edge[edge.index] || !present.has(far) || far.rank > node.rank) continue;
      found.push(edge);
      if (found.length >= limit) return found;
    }
  }
  return found;
}

function readEdges(column, nodes, links, { word, day }) {
  return column.link.map((at, index) => {
    const link = links[at];
    link.count += 1;
    const edge = {
      index,
      link,
      head: nodes[column.head[index]],
      tail: nodes[column.tail[index]],
      title: word(column.title[index]) ?? "",
      score: column.score[index] / 100,
      first: day(column.first[index]),
      last: day(column.last[index]),
      from: column.first[index],
      to: column.last[index],
    };
    widen(edge.head, edge);
    widen(edge.tail, edge);
    edge.head.edges.push(edge);
    if (edge.tail !== edge.head) edge.tail.edges.push(edge);
    return edge;
  });
}

/** A node is seen on the days of its relations as well; earlier days have lower positions. */
function widen(node, { from, to }) {
  if (from >= 0 && (node.from < 0 || from < node.from)) node.from = from;
  if (to > node.to) node.to = to;
}

function readGrounds(column, nodes, across, down) {
  return column.node.map((at, i) => {
    const ground = {
      node: nodes[at],
      x: column[across][i],
      y: column[down][i],
      radius: column.radius[i],
      depth: column.depth[i],
      members: [],
      inner: [],
    };
    nodes[at].ground = ground;
    return ground;
  });
}

/** Numbers the tree of belonging from the roots down; returns the nodes in that order, parents first. */
function numberTree(nodes) {
  const order = [];
  const stack = nodes.filter((node) => !node.parent).reverse();
  while (stack.length) {
    const node = stack.pop();
    node.begin = order.length;
    order.push(node);
    for (let i = (node.children?.length ?? 0) - 1; i >= 0; i--) stack.push(node.children[i]);
  }
  for (const node of order) node.end = node.begin + 1;
  for (let i = order.length - 1; i >= 0; i--) {
    const { parent } = order[i];
    if (parent) parent.end = Math.max(parent.end, order[i].end);
  }
  return order;
}
