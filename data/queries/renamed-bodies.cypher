// Which bodies were renamed or merged into another, when, and what were they called before or what came of them?
// 哪些机构更名或并入其他机构，何时，原名或后继是什么？
MATCH (o:Organization)
WHERE o.renamed_on IS NOT NULL OR o.merged_on IS NOT NULL
OPTIONAL MATCH (next:Entity {id: o.merged_into})
RETURN o.name AS name, coalesce(o.formerly, '') AS formerly, coalesce(o.renamed_on, '') AS renamed_on,
       coalesce(next.name, '') AS merged_into, coalesce(o.merged_on, '') AS merged_on,
       coalesce(o.place, '') AS place, o.id AS id
ORDER BY place, name, id
