// Which relations do the most documents support?
// 哪些关系有最多的报道支持？
MATCH (a:Entity)-[r]->(b:Entity)
WHERE size(r.documents) > 1
RETURN a.name AS head, type(r) AS relation, coalesce(r.title, '') AS title, b.name AS tail,
       size(r.documents) AS documents, r.id AS id
ORDER BY documents DESC, relation, head, tail, title, id
LIMIT 50
