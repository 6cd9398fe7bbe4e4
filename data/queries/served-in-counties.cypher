// Which officials held offices in more than one county?
// 哪些干部先后在多个县任职？
MATCH (p:Official)-[r:LEADS|SERVES_IN]->(x:Entity)-[:LOCATED_IN|PART_OF*0..3]->(c:County)
WITH p, c ORDER BY c.name
WITH p, collect(DISTINCT c.name) AS counties
WHERE size(counties) > 1
RETURN p.name AS name, counties, p.id AS id
ORDER BY name, id
