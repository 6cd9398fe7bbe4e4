// What is shown as a table for a spreadsheet.

const COLUMNS = [
  "head", "head_type", "head_id", "relation", "title", "tail", "tail_type", "tail_id", "first_seen", "last_seen",
  "confidence", "county",
];

/** One field: quoted where it must be, and never a formula of the program that opens it. */
export function field(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A row a relation, and one for each node without any; begins with the mark by which spreadsheets know UTF-8.
 *
 * @param nodes nodes that are shown
 * @param edges edges that are shown
 */
export function toCsv(nodes, edges) {
  const joined = new Set(edges.flatMap((edge) => [edge.head, edge.tail]));
  const rows = edges.map(({ head, tail, link, title, first, last, score }) => [
    head.name, head.kind.name, head.id, link.name, title, tail.name, tail.kind.name, tail.id, first, last, score,
    head.county?.name ?? tail.county?.name,
  ]);
  for (const node of nodes) {
    if (joined.has(node)) continue;
    rows.push([node.name, node.kind.name, node.id, "", "", "", "", "", node.first, node.last, node.score, node.county?.name]);
  }
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;
}
