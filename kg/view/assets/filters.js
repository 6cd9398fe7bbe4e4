// What may be seen: types, relation types, days, county and confidence decide it.
import { within } from "./model.js";

/** A filter that lets everything through. */
export const OPEN = Object.freeze({ kinds: [], links: [], since: "", until: "", county: "", score: 0 });

/** Whether a filter hides anything at all. */
export function isOpen(filter) {
  return !filter.kinds.length && !filter.links.length && !filter.since && !filter.until && !filter.county && !filter.score;
}

/**
 * Applies a filter to the whole graph.
 *
 * Days are compared as far as they are known: 2022-10 is within a range that has any day of that month. What has
 * no day is hidden while a range is set.
 *
 * @returns node and edge (1 where it may be seen, by index), inside (how many may be seen in a node's part of the
 *   tree, by index), nodes and edges (how many in all), kinds and links (how many of each type, by its index)
 */
export function applyFilter(model, filter) {
  const hiddenKinds = new Set(filter.kinds);
  const hiddenLinks = new Set(filter.links);
  const county = filter.county ? model.find(filter.county) : null;
  const inTime = timeTest(model.dates, filter);
  const seen = {
    node: new Uint8Array(model.nodes.length),
    edge: new Uint8Array(model.edges.length),
    inside: new Int32Array(model.nodes.length),
    nodes: 0,
    edges: 0,
    kinds: model.kinds.map(() => 0),
    links: model.links.map(() => 0),
  };
  for (const node of model.nodes) {
    if (hiddenKinds.has(node.kind.name) || node.score < filter.score) continue;
    if ((county && !within(node, county)) || !inTime(node)) continue;
    seen.node[node.index] = 1;
    seen.nodes += 1;
    seen.kinds[node.kind.index] += 1;
  }
  for (const edge of model.edges) {
    if (!seen.node[edge.head.index] || !seen.node[edge.tail.index]) continue;
    if (hiddenLinks.has(edge.link.name) || edge.score < filter.score || !inTime(edge)) continue;
    seen.edge[edge.index] = 1;
    seen.edges += 1;
    seen.links[edge.link.index] += 1;
  }
  for (let i = model.tree.length - 1; i >= 0; i--) {
    const node = model.tree[i];
    seen.inside[node.index] += seen.node[node.index];
    if (node.parent) seen.inside[node.parent.index] += seen.inside[node.index];
  }
  return seen;
}

const LATE = "\uffff";

/** A test whether the days of a node or an edge meet the range. */
function timeTest(dates, { since, until }) {
  if (!since && !until) return () => true;
  const late = dates.map((day) => !since || day + LATE >= since);
  const early = dates.map((day) => !until || day <= until + LATE);
  return ({ from, to }) => from >= 0 && to >= 0 && late[to] && early[from];
}

/** Regions that a person may choose from: those in which something lies, the largest first, then by name. */
export function countyChoices(model) {
  const all = model.grounds.map((ground) => ground.node);
  const counties = all.filter((node) => node.level === "county" || node.level === "prefecture" || node.level === "province");
  const order = { province: 0, prefecture: 1, county: 2 };
  return counties.sort((a, b) => order[a.level] - order[b.level] || (a.code ?? "").localeCompare(b.code ?? "") || a.index - b.index);
}
