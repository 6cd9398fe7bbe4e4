// Which firms invest in the most projects, places and firms?
// 哪些企业投资的项目、地区和企业最多？
MATCH (f:Company)-[:INVESTS_IN]->(t:Entity)
WITH f, t ORDER BY t.name
WITH f, collect(DISTINCT t.name) AS targets
RETURN f.name AS company, size(targets) AS number, targets, f.id AS id
ORDER BY number DESC, company, id
LIMIT 50
