// Which firms belong to which, and over how many steps?
// 哪些企业由谁控股，隔几层？
MATCH p = (a:Entity)-[:OWNS*1..5]->(b:Company)
WHERE a.id <> b.id
RETURN a.name AS owner, b.name AS company, length(p) AS steps
ORDER BY owner, steps, company
