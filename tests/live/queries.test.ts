/** Queries on a real Neo4j: executeQuery, parameters of every kind, and attempts at injection; and the code of docs/queries.md. */

import {
  auth,
  ClientError,
  CypherTypeError,
  cypher,
  type Driver,
  driver,
  type Record as Neo4jRecord,
  Query,
  ResultNotSingleError,
  type ResultSummary,
  resultTransformers,
  routing,
} from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";
import { values } from "./values.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.executeQuery("MATCH (n) DETACH DELETE n");
  await db?.close();
  await server?.stop();
});

/** The error that something rejects with. */
async function failureOf(promise: Promise<unknown>): Promise<Error & { code?: string; gqlStatus?: string }> {
  return promise.then(
    () => expect.unreachable("it was expected to fail"),
    (error) => error,
  );
}

const count = async (): Promise<unknown> =>
  (await db.executeQuery("MATCH (n) RETURN count(n) AS n", {}, { routing: "READ" })).records[0]?.get("n");

describe("docs/queries.md", () => {
  const blocks = documentedCode("queries.md");
  it("has code", () => expect(blocks.length).toBeGreaterThan(6));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe("executeQuery", () => {
  it("runs one query and gives all of its result, by name and by place (EQ-01, EQ-04, EQ-16)", async () => {
    const text = "UNWIND $names AS name CREATE (p:Person {name: name}) RETURN p.name ORDER BY p.name";
    const result = await db.executeQuery<{ "p.name": string }>(text, { names: ["Eve", "Ada"] });
    const { records, summary, keys } = result;
    expect(records.map((record) => record.get("p.name"))).toEqual(["Ada", "Eve"]);
    expect(keys).toEqual(["p.name"]);
    expect([...result]).toEqual([records, summary, keys]);
    const none = await db.executeQuery("MATCH (p:Nobody) RETURN p.name");
    expect([none.records, none.keys]).toEqual([[], ["p.name"]]);
  });

  it("has a summary that tells what happened (EQ-17)", async () => {
    const { summary } = await db.executeQuery("CREATE (:Pair)-[:OF]->(:Pair {n: $n})", { n: 1 });
    expect(summary.counters.updates()).toMatchObject({ nodesCreated: 2, relationshipsCreated: 1, propertiesSet: 1 });
    expect(summary.resultAvailableAfter).toBeGreaterThanOrEqual(0);
    expect(summary.query).toEqual({ text: "CREATE (:Pair)-[:OF]->(:Pair {n: $n})", parameters: { n: 1 } });
  });

  it.each([routing.READ, routing.WRITE, "r", "w"] as const)("takes %s for its routing (EQ-08, EQ-09)", async (way) => {
    const { records } = await db.executeQuery("RETURN 1 AS n", {}, { routing: way });
    expect(records[0]?.get("n")).toBe(1);
    const writing = db.executeQuery("CREATE (:ByRouting)", {}, { routing: way });
    if (way === routing.WRITE || way === "w") expect((await writing).summary.counters.containsUpdates).toBe(true);
    else expect((await failureOf(writing)).code).toBe("Neo.ClientError.Statement.AccessMode");
  });

  it("runs in the database that is named (EQ-10)", async () => {
    const inSystem = await db.executeQuery("SHOW DATABASES YIELD name RETURN name", {}, { database: "system" });
    expect(inSystem.records.map((record) => record.get("name"))).toContain("system");
    expect(inSystem.summary.database.name).toBe("system");
    expect((await db.executeQuery("RETURN 1")).summary.database.name).toBe("neo4j");
    const nowhere = await failureOf(db.executeQuery("RETURN 1", {}, { database: "nowhere" }));
    expect(nowhere.code).toBe("Neo.ClientError.Database.DatabaseNotFound");
  });

  it("leaves CALL … IN TRANSACTIONS to session.run, and says so with the server's error (EQ-03)", async () => {
    const text = "UNWIND range(1, 4) AS n CALL (n) { CREATE (:Batch {n: n}) } IN TRANSACTIONS OF 2 ROWS";
    const error = await failureOf(db.executeQuery(text));
    expect(error.code).toBe("Neo.DatabaseError.Transaction.TransactionStartFailed");
    await using session = db.session();
    expect((await session.run(text)).summary.counters.updates().nodesCreated).toBe(4);
  });

  it("gives one record and the summary by one transformer, and undoes its work if there are two (EQ-15)", async () => {
    const one = async (text: string) =>
      db.executeQuery(
        text,
        {},
        {
          resultTransformer: async (result): Promise<[Neo4jRecord, ResultSummary]> => [
            await result.single({ strict: true }),
            await result.consume(),
          ],
        },
      );
    const [record, summary] = await one("CREATE (n:Only) RETURN 1 AS n");
    expect(record.get("n")).toBe(1);
    expect(summary.counters.updates().nodesCreated).toBe(1);
    const before = await count();
    expect(await failureOf(one("UNWIND [1, 2] AS n CREATE (:Two) RETURN n"))).toBeInstanceOf(ResultNotSingleError);
    expect(await count()).toBe(before);
    const rows = await db.executeQuery(
      "UNWIND [1, 2] AS n RETURN n",
      {},
      { resultTransformer: resultTransformers.rows() },
    );
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("takes a Query with a time-out that ends it on the server (EQ-05)", async () => {
    const slow = new Query("UNWIND range(1, 1000000000) AS n RETURN max(n)", { timeout: 50 });
    const error = await failureOf(db.executeQuery(slow));
    expect(error.code).toMatch(/^Neo\.ClientError\.Transaction\.(TransactionTimedOut|Terminated)/);
  });
});

describe("another user", () => {
  const bob = auth.basic("bob", "secret-bob");
  const whoRuns = "SHOW CURRENT USER YIELD user RETURN user";

  it("runs one query, or a session, and nobody else's (EQ-12, SES-21, AUTH-26)", async () => {
    await db.executeQuery("CREATE USER bob SET PASSWORD 'secret-bob' CHANGE NOT REQUIRED", {}, { database: "system" });
    await using other = driver(server.uri, auth.basic(server.username, server.password), { maxConnectionPoolSize: 1 });
    const user = async (config: { auth?: typeof bob } = {}) => {
      const { records } = await other.executeQuery(whoRuns, {}, { database: "system", ...config });
      return records[0]?.get("user");
    };
    expect([await user(), await user({ auth: bob }), await user()]).toEqual(["neo4j", "bob", "neo4j"]);
    await using session = other.session({ auth: bob, database: "system" });
    expect((await session.run(whoRuns)).records[0]?.get("user")).toBe("bob");
    expect(await user()).toBe("neo4j");
    const refused = await failureOf(user({ auth: auth.basic("bob", "wrong") }));
    expect(refused.code).toBe("Neo.ClientError.Security.Unauthorized");
    expect(refused.message).not.toContain("wrong");
    expect(await user()).toBe("neo4j");
    await db.executeQuery("DROP USER bob", {}, { database: "system" });
  });
});

describe("parameters", () => {
  it.each(Object.entries(values))("carry %s alone, in a list and in a map (QRY-02)", async (_, value) => {
    const { records } = await db.executeQuery("RETURN $value, [$value] AS list, {key: $value} AS map", { value });
    const echoed = records[0]?.get("$value");
    expect(records[0]?.get("list")).toEqual([echoed]);
    expect(records[0]?.get("map")).toEqual({ key: echoed });
    const { records: nested } = await db.executeQuery("RETURN $list, $map", { list: [value], map: { key: value } });
    expect(nested[0]?.values()).toEqual([[echoed], { key: echoed }]);
  });

  it("mix kinds in a list as they like, which only a property can't (QRY-04)", async () => {
    const mixed = [1, "a", true, null, [2.5], { b: 1 }];
    const { records } = await db.executeQuery("RETURN $mixed AS mixed", { mixed });
    expect(records[0]?.get("mixed")).toEqual(mixed);
    const error = await failureOf(db.executeQuery("CREATE (n:Mixed) SET n.p = $mixed", { mixed: [1, "a", true] }));
    expect(error).toBeInstanceOf(ClientError);
    expect(error instanceof CypherTypeError || /22G03|22N01|22NB/.test(error.gqlStatus ?? "")).toBe(true);
  });
});

describe("the cypher tag", () => {
  const attacks = [
    "'}) DETACH DELETE n //",
    "\\'}) MATCH (n) DETACH DELETE n //",
    "\\u0027}) MATCH (n) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    "$p0",
    "*/ MATCH (n) DETACH DELETE n /*",
    "x\u0000y",
  ];
  const nameAttacks = [
    "Plain",
    "with space",
    "`",
    "``",
    "x`) DETACH DELETE n //",
    "x``) DETACH DELETE n //",
    "x\\`) DETACH DELETE n //",
    "x\\u0060) DETACH DELETE n //",
    "x\\\\u0060) DETACH DELETE n //",
    "x\\u005cu0060) DETACH DELETE n //",
    "\\u0060\\u0060",
    "ends with \\",
    "\\uZZZZ",
    "naïve \u{1f600}\nnew line",
  ];

  it.each([...attacks, ...nameAttacks])("keeps the value %j a value (EQ-07)", async (value) => {
    await db.executeQuery("MERGE (:Witness)");
    const before = await count();
    const { records } = await db.executeQuery(
      cypher`MERGE (n:Injected {name: ${value}}) WITH n, n.name AS name DELETE n RETURN name`,
    );
    expect(records[0]?.get("name")).toBe(value);
    expect(await count()).toBe(before);
  });

  it.for(["5", "25"].flatMap((dialect) => nameAttacks.map((name) => [name, dialect] as const)))(
    "keeps the name %j a name, in Cypher %s (EQ-07)",
    async ([name, dialect], { skip }) => {
      const { agent } = await db.getServerInfo();
      skip(dialect === "25" && !/^Neo4j\/20\d\d/.test(agent), `${agent} has one Cypher only`);
      const prefix = dialect === "5" ? cypher`CYPHER 5` : cypher`CYPHER 25`;
      await db.executeQuery("MERGE (:Witness)");
      const before = await count();
      const id = cypher.identifier(name);
      const query = cypher`${prefix} CREATE (${id}:${id}${cypher.labels(name, "Two")} {${id}: ${1}})
        WITH ${id}, labels(${id}) AS labels, keys(${id}) AS keys DELETE ${id} RETURN labels, keys, 1 AS ${id}`;
      const { records, keys } = await db.executeQuery(query);
      expect(new Set(records[0]?.get("labels") as string[])).toEqual(new Set([name, "Two"]));
      expect(records[0]?.get("keys")).toEqual([name]);
      expect(keys).toEqual(["labels", "keys", name]);
      expect(await count()).toBe(before);
    },
  );

  it("shows that a name put in as text would have done harm: a server reads \\u0060 as a back-tick", async () => {
    const { keys } = await db.executeQuery("RETURN 1 AS `x\\u0060, 2 AS y //`");
    expect(keys).toEqual(["x", "y"]);
    expect((await db.executeQuery(cypher`RETURN 1 AS ${cypher.identifier("x\\u0060, 2 AS y //")}`)).keys).toHaveLength(
      1,
    );
  });

  it("puts fragments together in every place where a query has room for them", async () => {
    await db.executeQuery("UNWIND range(1, 5) AS age CREATE (:Child {age: age})");
    const ages = async (minimum: number | undefined, descending: boolean, limit?: number) => {
      const where = cypher.when(minimum !== undefined, cypher`WHERE c.age >= ${minimum} // not younger`);
      const query = cypher`MATCH (c:Child) ${where} RETURN c.age AS age ORDER BY age ${cypher.when(descending, cypher`DESC`)}
        ${cypher.when(limit, cypher`LIMIT ${limit}`)}`;
      return (await db.executeQuery<{ age: number }>(query)).records.map((record) => record.get("age"));
    };
    expect(await ages(undefined, false)).toEqual([1, 2, 3, 4, 5]);
    expect(await ages(3, true)).toEqual([5, 4, 3]);
    expect(await ages(undefined, true, 2)).toEqual([5, 4]);
  });
});
