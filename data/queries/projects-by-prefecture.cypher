// How many projects lie in each prefecture, and which?
// 各地级市有多少项目，分别是哪些？
MATCH (x:Project)-[:LOCATED_IN]->(place:Entity)-[:LOCATED_IN|PART_OF*0..4]->(p:Prefecture)
WITH DISTINCT p, x ORDER BY x.name
WITH p, collect(x.name) AS projects
RETURN p.name AS prefecture, size(projects) AS number, projects, p.id AS id
ORDER BY number DESC, prefecture, id
