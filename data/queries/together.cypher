// Which two people attended the most events together?
// 哪两人共同出席的活动最多？
MATCH (a:Entity)-[:ATTENDS]->(e:Event)<-[:ATTENDS]-(b:Entity)
WHERE a.id < b.id
WITH a, b, count(DISTINCT e.id) AS events
WITH CASE WHEN a.name < b.name THEN [a.name, b.name] ELSE [b.name, a.name] END AS pair, events, a, b
RETURN pair[0] AS one, pair[1] AS other, events, a.id AS id, b.id AS other_id
ORDER BY events DESC, one, other, id, other_id
LIMIT 50
