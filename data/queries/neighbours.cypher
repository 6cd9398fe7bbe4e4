// What is an entity joined to?
// 某人、某地或某单位与什么有联系？
// :param name=遂昌县
MATCH (a:Entity)-[r]->(b:Entity)
WHERE a.name = $name OR $name IN a.aliases OR b.name = $name OR $name IN b.aliases
RETURN DISTINCT a.name AS head, type(r) AS relation, coalesce(r.title, '') AS title, b.name AS tail,
       size(r.documents) AS documents
ORDER BY relation, title, head, tail, documents
