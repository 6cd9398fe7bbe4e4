// Who headed a county on a day, as far as the news show? Later holders end the time of earlier ones.
// 某县在某日由谁主政？（以报道为准，后任见报即视为前任离任）
// :param county=松阳县
// :param on=2021-06-01
MATCH (p:Entity)-[r:LEADS]->(c:Region)
WHERE (c.name = $county OR $county IN c.aliases)
  AND r.first_seen <= $on AND (r.ended_on IS NULL OR r.ended_on > $on)
RETURN p.name AS name, r.title AS title, r.first_seen AS first_seen, r.last_seen AS last_seen,
       coalesce(r.ended_on, '') AS ended_on, c.id AS county
ORDER BY county, title, name, first_seen
