// Who followed whom in which office, and when did the news first show it?
// 哪些职务发生过交接，何人接替何人，何时见报？
MATCH (p:Entity)-[r:LEADS]->(x:Entity)
WHERE r.ended_on IS NOT NULL
OPTIONAL MATCH (next:Entity {id: r.ended_by})
RETURN x.name AS of, r.title AS title, p.name AS name, r.last_seen AS last_seen,
       coalesce(next.name, '') AS followed_by, r.ended_on AS ended_on
ORDER BY ended_on, of, title, name
