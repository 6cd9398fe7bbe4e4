// Which firms and projects share a park? A pair stands once.
// 哪些企业和项目同在一个园区？
MATCH (a:Entity)-[:LOCATED_IN|INVESTS_IN|BUILDS]->(park:Park)<-[:LOCATED_IN|INVESTS_IN|BUILDS]-(b:Entity)
WHERE (a:Company OR a:Project) AND (b:Company OR b:Project) AND a.id < b.id
WITH DISTINCT park, CASE WHEN a.name < b.name THEN [a.name, b.name] ELSE [b.name, a.name] END AS pair
RETURN park.name AS park, pair[0] AS one, pair[1] AS other
ORDER BY park, one, other
