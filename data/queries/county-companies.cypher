// Which firms are there in a county, and in which town or park of it?
// 某县有哪些企业，位于哪个乡镇或园区？
// :param county=眉县
MATCH (f:Company)-[:LOCATED_IN]->(place:Entity)-[:LOCATED_IN|PART_OF*0..4]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
RETURN DISTINCT f.name AS company, place.name AS place, f.id AS id
ORDER BY company, place, id
