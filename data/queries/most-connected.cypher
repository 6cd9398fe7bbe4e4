// Which officials are joined to the most others, over the same events, bodies and visits?
// 哪些官员的联系最广？
MATCH (p:Official)-[r]-(x:Entity)
WITH p, count(DISTINCT x.id) AS neighbours, count(DISTINCT type(r)) AS kinds
RETURN p.name AS name, coalesce(p.place, '') AS place, neighbours, kinds, p.id AS id
ORDER BY neighbours DESC, kinds DESC, name, id
LIMIT 20
