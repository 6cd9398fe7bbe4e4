// Which events are there in a county, and how many people are named at them?
// 某县举行过哪些会议和活动，各有多少人见报？
// :param county=松阳县
MATCH (e:Event)-[:LOCATED_IN]->(place:Entity)-[:LOCATED_IN|PART_OF*0..4]->(c:Region)
WHERE c.name = $county OR $county IN c.aliases
WITH DISTINCT e
OPTIONAL MATCH (p:Entity)-[:ATTENDS]->(e)
RETURN e.name AS event, count(DISTINCT p.id) AS people, e.id AS id
ORDER BY people DESC, event, id
