// Which parks are there, and which firms are in them or invest in them?
// 有哪些园区，其中有哪些企业（入驻或投资）？
MATCH (p:Park)
OPTIONAL MATCH (f:Company)-[:LOCATED_IN|INVESTS_IN]->(p)
WITH p, f ORDER BY f.name
WITH p, collect(DISTINCT f.name) AS companies
RETURN p.name AS park, size(companies) AS number, companies, p.id AS id
ORDER BY number DESC, park, id
