// How did a person's offices follow each other, and who came next in each? Namesakes are told apart by id.
// 某人的任职经历如何，各职务由谁接任？（同名者以编号区分）
// :param name=王志刚
MATCH (p:Entity)-[r:LEADS|SERVES_IN]->(x:Entity)
WHERE p.name = $name OR $name IN p.aliases
OPTIONAL MATCH (next:Entity {id: r.ended_by})
RETURN p.id AS person, coalesce(r.first_seen, '') AS first_seen, x.name AS of, r.title AS title,
       coalesce(r.last_seen, '') AS last_seen, coalesce(r.ended_on, '') AS ended_on,
       coalesce(next.name, '') AS followed_by
ORDER BY person, first_seen, of, title
