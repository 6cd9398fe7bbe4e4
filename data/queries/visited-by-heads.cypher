// Which firms did the head of a county or town visit, and which of them invest?
// 党政主要领导考察过哪些企业，其中哪些有投资？
MATCH (p:Entity)-[:LEADS]->(c:Region)
MATCH (p)-[r:VISITS]->(f:Company)
OPTIONAL MATCH (f)-[:INVESTS_IN]->(t:Entity)
WITH DISTINCT p, c, f, t ORDER BY t.name
WITH p, c, f, collect(t.name) AS invests_in
RETURN DISTINCT f.name AS company, p.name AS head, c.name AS of, invests_in
ORDER BY company, of, head
