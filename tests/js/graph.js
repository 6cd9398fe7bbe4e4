// A small graph for the tests, in the columns that kg/view/data.py writes.
import { buildModel } from "../../kg/view/assets/model.js";

/** Columns for nodes [id, kind, name, {aliases, parent, score, first, last, level}] and edges [link, head, tail, {…}]. */
export function columns(nodes, edges, grounds = []) {
  const kinds = ["Official", "Region", "Company"];
  const links = ["LEADS", "LOCATED_IN", "VISITS"];
  const days = [...nodes, ...edges].flatMap((row) => [row.at(-1).first, row.at(-1).last]).filter(Boolean);
  const dates = [...new Set(days)].sort();
  const words = [...new Set([...nodes, ...edges].flatMap((row) => [row.at(-1).title, row.at(-1).level]).filter(Boolean))].sort();
  const at = (list, value) => (value ? list.indexOf(value) : -1);
  const ids = nodes.map(([id]) => id);
  return {
    kinds: kinds.map((name) => [name, name, "#000000", "dot"]),
    levels: { county: "县" },
    links: links.map((name) => [name, name]),
    dates,
    words,
    nodes: {
      id: ids,
      kind: nodes.map(([, kind]) => kinds.indexOf(kind)),
      name: nodes.map(([, , name]) => name),
      aliases: nodes.flatMap(([, , , more], i) => (more.aliases ? [[i, ...more.aliases]] : [])),
      level: nodes.map((row) => at(words, row.at(-1).level)),
      code: nodes.map(() => -1),
      place: nodes.map(() => -1),
      x: nodes.map((_, i) => (i % 10) * 40),
      y: nodes.map((_, i) => Math.floor(i / 10) * 40),
      parent: nodes.map((row) => ids.indexOf(row.at(-1).parent ?? "")),
      score: nodes.map((row) => (row.at(-1).score ?? 1) * 100),
      first: nodes.map((row) => at(dates, row.at(-1).first)),
      last: nodes.map((row) => at(dates, row.at(-1).last)),
    },
    edges: {
      link: edges.map(([link]) => links.indexOf(link)),
      head: edges.map(([, head]) => ids.indexOf(head)),
      tail: edges.map(([, , tail]) => ids.indexOf(tail)),
      title: edges.map((row) => at(words, row.at(-1).title)),
      score: edges.map((row) => (row.at(-1).score ?? 1) * 100),
      first: edges.map((row) => at(dates, row.at(-1).first)),
      last: edges.map((row) => at(dates, row.at(-1).last)),
    },
    grounds: {
      node: grounds.map(([id]) => ids.indexOf(id)),
      x: grounds.map(([, x]) => x),
      y: grounds.map(([, , y]) => y),
      radius: grounds.map(([, , , radius]) => radius),
      depth: grounds.map(() => 0),
    },
    readings: { 松: "song", 阳: "yang", 单: "dan chan shan", 国: "guo", 强: "qiang jiang", 长: "zhang chang", 兴: "xing", 县: "xian" },
    surnames: { 单: "shan" },
  };
}

/** Two counties with people and firms; a chain of visits joins them. */
export function twoCounties() {
  return buildModel(columns([
    ["r1", "Region", "松阳县", { aliases: ["松阳"], level: "county" }],
    ["r2", "Region", "长兴县", { level: "county", first: "2019", last: "2019" }],
    ["o1", "Official", "单国强", { parent: "r1", first: "2020-01-05", last: "2021-03" }],
    ["o2", "Official", "强国", { parent: "r2", first: "2022-10", last: "2022-10", score: 0.5 }],
    ["c1", "Company", "甲公司", { parent: "r1", first: "2020-06-01", last: "2020-06-01" }],
    ["c2", "Company", "乙公司", { parent: "r2" }],
  ], [
    ["LEADS", "o1", "r1", { title: "县长", first: "2020-01-05", last: "2021-03" }],
    ["LEADS", "o2", "r2", { title: "县长", first: "2022-10", last: "2022-10", score: 0.5 }],
    ["LOCATED_IN", "c1", "r1", { first: "2020-06-01", last: "2020-06-01" }],
    ["LOCATED_IN", "c2", "r2", {}],
    ["VISITS", "o1", "c1", { first: "2020-06-01", last: "2020-06-01" }],
    ["VISITS", "o2", "c1", {}],
    ["VISITS", "o2", "c2", {}],
  ], [["r1", 0, 0, 100], ["r2", 300, 0, 100]]));
}
