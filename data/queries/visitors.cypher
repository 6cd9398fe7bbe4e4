// Who visited a county, and what in it?
// 谁到过某县考察，看了什么？
// :param county=溆浦县
MATCH (p:Entity)-[r:VISITS]->(x:Entity)-[:LOCATED_IN|PART_OF*0..4]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
RETURN DISTINCT p.name AS visitor, x.name AS visited, coalesce(r.first_seen, '') AS first_seen
ORDER BY first_seen, visitor, visited
