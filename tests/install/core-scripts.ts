/** What a library author who takes core alone would write. */
const body = `
const { NEO4J_TEST_URI: uri, NEO4J_TEST_PASSWORD: password } = process.env;
async function main() {
  const connection = await connect(uri, auth.basic("neo4j", password));
  const stream = connection.run("UNWIND range(1, $count) AS n RETURN n, n * 2 AS twice", { count: 2500 }, {}, { fetchSize: 100 });
  let sum = 0;
  for await (const row of stream.objects()) sum += row.n + row.twice;
  const { version } = connection;
  await connection.close();
  console.log(JSON.stringify({ sum, version }));
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`;

export const esm = `import { auth, connect } from "@fulgur/neo4j-core";\n${body}`;
export const commonJs = `const { auth, connect } = require("@fulgur/neo4j-core");\n${body}`;

export const typed = `
import { auth, type Connection, connect } from "@fulgur/neo4j-core";

export async function one(uri: string): Promise<unknown> {
  const connection: Connection = await connect(uri, auth.none(), { connectionTimeout: 1_000 });
  const stream = connection.run("RETURN 1 AS one");
  const keys: readonly string[] = await stream.keys();
  for await (const row of stream.objects()) return row[keys[0] ?? ""];
  return undefined;
}
`;
