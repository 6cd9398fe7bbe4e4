// Which towns of a county do the news name, and who heads them?
// 报道中提到某县哪些乡镇，各由谁负责？
// :param county=遂昌县
MATCH (t:Township)-[:PART_OF]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
OPTIONAL MATCH (p:Entity)-[r:LEADS]->(t)
WHERE r.ended_on IS NULL
RETURN t.name AS town, coalesce(r.title, '') AS title, coalesce(p.name, '') AS name, t.id AS id
ORDER BY town, id, title, name
