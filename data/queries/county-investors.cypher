// Which firms invest in a county, directly or in a project, park or firm that lies in it?
// 哪些企业在某县投资（包括投资于县内的项目、园区和企业）？
// :param county=岳西县
MATCH (f:Company)-[:INVESTS_IN]->(t:Entity)-[:LOCATED_IN|PART_OF*0..4]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
RETURN DISTINCT f.name AS company, t.name AS invests_in
ORDER BY company, invests_in
