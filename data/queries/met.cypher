// Whom did a person meet at the same events, and at how many?
// 某人与谁出席过同一活动，共几次？
// :param person=莫靓
MATCH (p:Entity)-[:ATTENDS]->(e:Event)<-[:ATTENDS]-(other:Entity)
WHERE (p.name = $person OR $person IN p.aliases) AND p.id <> other.id
WITH p, other, e ORDER BY e.name
WITH p, other, collect(DISTINCT e.name) AS events
RETURN other.name AS met, size(events) AS times, events, p.id AS person, other.id AS id
ORDER BY times DESC, met, person, id
