// Who builds which projects and parks, and where are they?
// 谁在建设哪些项目和园区，分别位于何处？
MATCH (b:Entity)-[:BUILDS]->(p:Entity)
OPTIONAL MATCH (p)-[:LOCATED_IN]->(place:Entity)
RETURN DISTINCT b.name AS builder, p.name AS project, coalesce(place.name, '') AS place
ORDER BY builder, project, place
