// Who attended the events whose name holds a word, and in which office does the graph know them?
// 名称含某词的会议和活动有谁出席，各任何职？
// :param event=全体
MATCH (p:Entity)-[:ATTENDS]->(e:Event)
WHERE e.name CONTAINS $event
OPTIONAL MATCH (p)-[r:LEADS|SERVES_IN]->(x:Entity)
WITH e, p, r, x ORDER BY x.name, r.title
WITH e, p, collect(DISTINCT x.name + ' ' + r.title) AS offices
RETURN e.name AS event, p.name AS name, offices, p.id AS person
ORDER BY event, name, person
