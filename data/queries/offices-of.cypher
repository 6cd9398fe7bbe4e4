// Which offices does a person hold, or did hold, and since when do the news show it? Namesakes are told apart by id.
// 某人担任过哪些职务？（同名者以编号区分）
// :param person=莫靓
MATCH (p:Entity)-[r:LEADS|SERVES_IN]->(x:Entity)
WHERE p.name = $person OR $person IN p.aliases
RETURN p.id AS person, r.title AS title, x.name AS of,
       coalesce(r.first_seen, '') AS first_seen, coalesce(r.last_seen, '') AS last_seen
ORDER BY person, first_seen, of, title, last_seen
