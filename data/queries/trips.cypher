// What did a person visit, and when?
// 某人考察过哪些地方、企业和项目？
// :param person=向明远
MATCH (p:Entity)-[r:VISITS]->(x:Entity)
WHERE p.name = $person OR $person IN p.aliases
RETURN coalesce(r.first_seen, '') AS first_seen, x.name AS visited, size(r.documents) AS documents, p.id AS person
ORDER BY first_seen, visited, person
