// Over which relations are two names connected in the fewest steps? Being named in one document does not count.
// 两个名称之间最短的联系是什么？（仅同见于一篇报道不算）
// :param one=邓广财
// :param other=蓝志远
MATCH (a:Entity), (b:Entity)
WHERE (a.name = $one OR $one IN a.aliases) AND (b.name = $other OR $other IN b.aliases) AND a.id <> b.id
MATCH p = allShortestPaths(
  (a)-[:LEADS|SERVES_IN|LOCATED_IN|PART_OF|INVESTS_IN|BUILDS|COOPERATES_WITH|OWNS|ATTENDS|VISITS*..6]-(b)
)
RETURN [n IN nodes(p) | n.name] AS names, [r IN relationships(p) | type(r)] AS relations, length(p) AS steps
ORDER BY steps, names, relations
LIMIT 20
