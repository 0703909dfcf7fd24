/** What a user of the driver would write, as an ES module and as CommonJS. */
const body = `
const { NEO4J_TEST_URI: uri, NEO4J_TEST_PASSWORD: password } = process.env;
async function main() {
  const db = driver(uri, auth.basic("neo4j", password));
  const { records, summary } = await db.executeQuery(
    "UNWIND range(1, $count) AS n RETURN n, point({x: n, y: 2}) AS p, date('2024-02-29') AS d",
    { count: 3 },
  );
  const session = db.session();
  let sum = 0;
  for await (const record of session.run("UNWIND range(1, 2500) AS n RETURN n")) sum += record.get("n");
  await session.close();
  await db.close();
  console.log(JSON.stringify({
    rows: records.map((record) => [record.get("n"), record.get("p").x, String(record.get("d"))]),
    sum,
    isPoint: isPoint(records[0].get("p")),
    agent: summary.server.agent,
  }));
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`;

export const esm = `import { auth, driver, isPoint } from "@fulgur/neo4j-driver";\n${body}`;
export const commonJs = `const { auth, driver, isPoint } = require("@fulgur/neo4j-driver");\n${body}`;

export const typed = `
import { auth, driver, type Integer, type Node, Neo4jError, type Record } from "@fulgur/neo4j-driver";

interface Person { name: string; age: number; node: Node }

export async function names(uri: string): Promise<string[]> {
  await using db = driver(uri, auth.none(), { maxConnectionPoolSize: 5, connectionTimeout: 1_000 });
  const { records } = await db.executeQuery<Person>("MATCH (node:Person) RETURN node, node.name AS name, node.age AS age");
  const first: Record<Person> | undefined = records[0];
  const age: number | undefined = first?.get("age");
  // @ts-expect-error: "salary" is not a column of the row
  first?.get("salary");
  // @ts-expect-error: an option that does not exist
  driver(uri, auth.none(), { maxConnectionPoolsize: 5 });
  void age;
  return records.map((record) => record.get("name"));
}

export const isNeo4j = (error: unknown): error is Neo4jError => error instanceof Neo4jError;
`.replace("type Integer, ", "");
