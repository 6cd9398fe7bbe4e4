// The query that gives the same sub-graph from a store.

/** A text as a Cypher string literal: quotes, backslashes and control characters are escaped. */
export function literal(text) {
  const safe = [...text].map((letter) => {
    if (letter === "\\" || letter === "'") return `\\${letter}`;
    const code = letter.codePointAt(0);
    const plain = code >= 32 && code !== 127 && code !== 0x2028 && code !== 0x2029 && (code < 0xd800 || code > 0xdfff);
    return plain ? letter : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `'${safe.join("")}'`;
}

/**
 * A statement for the nodes and edges that are shown; nodes without an edge come with nulls.
 *
 * Relations have no ids on the page: they are named by type, ends and office.
 *
 * @param nodes nodes that are shown
 * @param edges edges that are shown among them
 * @param all every edge among these nodes; those of them that are not shown are taken out by name
 */
export function toCypher(nodes, edges, all) {
  const list = (texts) => `[${texts.map(literal).join(", ")}]`;
  const ids = list(nodes.map((node) => node.id));
  if (!edges.length) return `MATCH (a:Entity)\nWHERE a.id IN ${ids}\nRETURN a`;
  const types = [...new Set(edges.map((edge) => edge.link.name))].sort();
  const shown = new Set(edges);
  const present = new Set(types);
  const out = all.filter((edge) => !shown.has(edge) && present.has(edge.link.name));
  const key = ({ head, link, tail, title }) => [head.id, link.name, tail.id, title].join("|");
  const but = out.length
    ? `\n  AND NOT (a.id + '|' + type(r) + '|' + b.id + '|' + coalesce(r.title, '')) IN ${list(out.map(key))}`
    : "";
  return (
    `MATCH (a:Entity)\nWHERE a.id IN ${ids}\n` +
    `OPTIONAL MATCH (a)-[r]->(b:Entity)\nWHERE b.id IN ${ids}\n  AND type(r) IN ${list(types)}${but}\n` +
    "RETURN a, r, b"
  );
}
