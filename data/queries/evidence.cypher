// What joins two names, and which sentences in which documents say so?
// 两个名称之间有何关系，依据哪些文句？
// :param one=莫靓
// :param other=松阳县
MATCH (a:Entity)-[r]-(b:Entity)
WHERE (a.name = $one OR $one IN a.aliases) AND (b.name = $other OR $other IN b.aliases)
RETURN DISTINCT type(r) AS relation, coalesce(r.title, '') AS title, r.evidence AS evidence,
       r.documents AS documents, r.id AS id
ORDER BY relation, title, id
