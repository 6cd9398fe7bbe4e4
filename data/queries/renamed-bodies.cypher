// Which bodies were renamed, what were they called before, and when was that?
// 哪些机构更过名，原名是什么，何时更名？
MATCH (o:Organization)
WHERE o.renamed_on IS NOT NULL
RETURN o.name AS name, o.formerly AS formerly, o.renamed_on AS renamed_on, coalesce(o.place, '') AS place, o.id AS id
ORDER BY place, name, id
