// What do the news say of an entity, in order of time, and in which sentence?
// 按时间顺序，报道中某人、某地或某单位有哪些事？
// :param name=松阳县
MATCH (a:Entity)-[r]->(b:Entity)
WHERE (a.name = $name OR $name IN a.aliases OR b.name = $name OR $name IN b.aliases)
  AND r.first_seen IS NOT NULL AND type(r) <> 'PART_OF' AND type(r) <> 'LOCATED_IN'
RETURN DISTINCT r.first_seen AS date, a.name AS head, type(r) AS relation, coalesce(r.title, '') AS title,
       b.name AS tail, r.evidence[0] AS sentence, r.id AS id
ORDER BY date, relation, head, tail, title, id
