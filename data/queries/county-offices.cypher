// Who holds which office in a county, the heads first?
// 某县有哪些领导干部，各任何职？
// :param county=松阳县
MATCH (p:Entity)-[r:LEADS|SERVES_IN]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
RETURN p.name AS name, r.title AS title, type(r) AS role,
       coalesce(r.first_seen, '') AS first_seen, coalesce(r.last_seen, '') AS last_seen
ORDER BY role, last_seen DESC, name, title, first_seen
