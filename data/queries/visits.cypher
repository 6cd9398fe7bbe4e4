// Who visits what most often, counted in documents?
// 谁最常到哪里考察（按报道篇数）？
MATCH (p:Entity)-[r:VISITS]->(x:Entity)
RETURN p.name AS visitor, x.name AS visited, size(r.documents) AS documents,
       coalesce(r.last_seen, '') AS last_seen
ORDER BY documents DESC, visitor, visited, last_seen
LIMIT 50
