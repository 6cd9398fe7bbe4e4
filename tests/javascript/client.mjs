// Asks a Bolt address three things with npm's neo4j-driver, and prints the answers as JSON:
//     node client.mjs bolt://127.0.0.1:PORT USER PASSWORD

import neo4j from "neo4j-driver";

const [address, user, password] = process.argv.slice(2);
const driver = neo4j.driver(address, neo4j.auth.basic(user, password));
const session = driver.session();
const answers = {};
try {
  const leaders = await session.run(
    "MATCH (o:Official)-[r:LEADS]->(c:County {name: $county}) RETURN o, r, c.name AS county ORDER BY o.name",
    { county: "松阳县" },
  );
  answers.leaders = leaders.records.map((record) => [
    record.get("o").properties.name,
    record.get("r").properties.title,
    record.get("county"),
  ]);
  const count = await session.executeRead((transaction) => transaction.run("MATCH (n) RETURN count(n) AS n"));
  answers.nodes = count.records[0].get("n").toNumber();
  try {
    await session.executeWrite((transaction) => transaction.run("CREATE (:Note {text: 'x'})"));
    answers.write = "done";
  } catch (error) {
    answers.write = error.code;
  }
} finally {
  await session.close();
  await driver.close();
}
console.log(JSON.stringify(answers));
