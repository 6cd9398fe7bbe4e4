// Which bodies of different counties cooperate?
// 不同县的单位之间有哪些合作？
MATCH (a:Entity)-[r:COOPERATES_WITH]-(b:Entity)
MATCH (a)-[:LOCATED_IN|PART_OF*0..4]->(x:County)
MATCH (b)-[:LOCATED_IN|PART_OF*0..4]->(y:County)
WHERE x.name < y.name
RETURN DISTINCT x.name AS county, a.name AS one, y.name AS other_county, b.name AS other,
       coalesce(r.first_seen, '') AS first_seen
ORDER BY county, other_county, one, other, first_seen
