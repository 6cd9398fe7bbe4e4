// Which relations rest on a document?
// 某篇报道支持哪些关系？
// :param document=d01
MATCH (a:Entity)-[r]->(b:Entity)
WHERE $document IN r.documents
RETURN a.name AS head, type(r) AS relation, coalesce(r.title, '') AS title, b.name AS tail, r.id AS id
ORDER BY relation, title, head, tail, id
