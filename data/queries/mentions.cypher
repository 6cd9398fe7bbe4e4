// Which documents name an entity, the most often first?
// 某人、某地或某单位见于哪些报道？
// :param name=松阳县
MATCH (a:Entity)-[m:MENTIONED_IN]->(d:Document)
WHERE a.name = $name OR $name IN a.aliases
RETURN d.title AS title, coalesce(d.date, '') AS date, m.count AS times, m.surfaces AS forms,
       d.id AS document, a.id AS id
ORDER BY times DESC, document, id
