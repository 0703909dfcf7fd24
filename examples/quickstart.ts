/**
 * Connects, writes, reads and closes. It takes the server from NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD, and leaves two people and
 * a relationship in its database.
 */
import { driver } from "@fulgur/neo4j-driver";

const db = driver.fromEnv();
try {
  // Fails here, and with the reason, when the address or the password is wrong.
  await db.verifyConnectivity();

  const { summary } = await db.executeQuery(
    "CREATE (a:Person {name: $name})-[:KNOWS]->(b:Person {name: $friendName})",
    { name: "Alice", friendName: "David" },
  );
  console.log(`${summary.counters.updates().nodesCreated} nodes created in ${summary.resultAvailableAfter} ms`);

  const { records } = await db.executeQuery<{ name: string }>(
    "MATCH (p:Person)-[:KNOWS]->(:Person {name: $friendName}) RETURN p.name AS name",
    { friendName: "David" },
    { routing: "READ" },
  );
  for (const record of records) console.log(JSON.stringify(record.data()));
} finally {
  await db.close();
}
