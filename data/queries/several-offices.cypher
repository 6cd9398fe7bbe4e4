// Who heads several bodies at the same time?
// 谁同时担任多个单位的主要负责人？
MATCH (p:Entity)-[r:LEADS]->(x:Entity)
WHERE r.ended_on IS NULL
WITH p, x, r ORDER BY x.name, r.title
WITH p, collect(DISTINCT x.name) AS bodies, collect(DISTINCT r.title) AS titles
WHERE size(bodies) > 1
RETURN p.name AS name, size(bodies) AS number, bodies, titles, p.id AS id
ORDER BY number DESC, name, id
