// Which names do several people, firms, projects or events bear, and what tells them apart?
// 哪些人、企业、项目或活动同名，如何区分？
MATCH (e:Entity)
WITH e ORDER BY e.id
WITH e.name AS name, collect(e.id) AS ids, collect(coalesce(e.place, '')) AS places
WHERE size(ids) > 1
RETURN name, size(ids) AS number, places, ids
ORDER BY number DESC, name
