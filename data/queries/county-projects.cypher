// Which projects are there in a county, who builds them and who puts money in?
// 某县有哪些项目，由谁建设、由谁投资？
// :param county=岳西县
MATCH (x:Project)-[:LOCATED_IN]->(place:Entity)-[:LOCATED_IN|PART_OF*0..4]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
WITH DISTINCT x
OPTIONAL MATCH (b:Entity)-[:BUILDS]->(x)
WITH x, b ORDER BY b.name
WITH x, collect(DISTINCT b.name) AS builders
OPTIONAL MATCH (i:Entity)-[:INVESTS_IN]->(x)
WITH x, builders, i ORDER BY i.name
WITH x, builders, collect(DISTINCT i.name) AS investors
RETURN x.name AS project, builders, investors, x.id AS id
ORDER BY project, id
