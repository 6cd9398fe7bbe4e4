// Which regions, organizations, firms and parks cooperate? A pair stands once.
// 哪些地区、机构、企业和园区之间有合作？
MATCH (a:Entity)-[r:COOPERATES_WITH]-(b:Entity)
WHERE a.id < b.id
RETURN DISTINCT a.name AS one, b.name AS other, coalesce(r.first_seen, '') AS first_seen
ORDER BY one, other, first_seen
