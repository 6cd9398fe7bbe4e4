// Who heads each county now, as far as the news show?
// 各县现由谁主政？（以报道为准）
MATCH (p:Entity)-[r:LEADS]->(c:County)
WHERE r.ended_on IS NULL
RETURN c.name AS county, r.title AS title, p.name AS name, coalesce(r.last_seen, '') AS last_seen, c.id AS id
ORDER BY county, id, title, name
