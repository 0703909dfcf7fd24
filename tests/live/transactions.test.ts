/** Sessions and transactions of a real server, and the code of docs/transactions.md. */
import { readFileSync } from "node:fs";
import { auth, bookmarkManager, type Driver, driver, Neo4jError, Query } from "@fulgur/neo4j-driver";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri.replace(/^bolt:/, "neo4j:"), auth.basic(server.username, server.password));
});
afterEach(async () => {
  await db.executeQuery("MATCH (n) DETACH DELETE n");
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

async function failureOf(promise: PromiseLike<unknown>): Promise<Neo4jError> {
  return Promise.resolve(promise).then(
    () => Promise.reject(new Error("It was expected to fail, and it did not.")),
    (error: Neo4jError) => error,
  );
}

async function count(): Promise<number> {
  const { records } = await db.executeQuery<{ n: number }>("MATCH (:Tx) RETURN count(*) AS n");
  return records[0]!.get("n");
}

/** Takes long enough for whatever is to end it. */
const endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a * b)";

describe("docs/transactions.md", () => {
  const blocks = documentedCode("transactions.md");
  it("has code", () => expect(blocks.length).toBeGreaterThan(5));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe("what is said of bookmark managers", () => {
  it("is that everything waits for them, where they are made and in the guide (BKM-14)", () => {
    const said = /Every transaction then waits until its server\s+(?:\* )?has caught up/;
    for (const file of ["packages/driver/src/bookmark-manager.ts", "docs/transactions.md"]) {
      expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).toMatch(said);
    }
  });
});

describe("a transaction of a real server", () => {
  it("is seen by others after it was committed, and not when it was rolled back (TX-17, TX-18, TX-12)", async () => {
    await using session = db.session();
    const made = await session.executeWrite(async (tx) => {
      const { records } = await tx.run<{ n: number }>("CREATE (n:Tx {n: 1}) RETURN n.n AS n");
      expect(await count()).toBe(0);
      return records[0]!.get("n");
    });
    expect(made).toBe(1);
    const tx = await session.beginTransaction();
    await tx.run("CREATE (:Tx)");
    await tx.rollback();
    expect(await session.executeRead(async (read) => (await read.run("MATCH (n:Tx) RETURN n")).records.length)).toBe(1);
  });

  it("shows its metadata while it runs (TX-07)", async () => {
    const metadata = { job: "nightly", run: 7, tags: ["a", "b"] };
    await using session = db.session();
    const shown = await session.executeRead(
      async (tx) => {
        const { records } = await tx.run<{ metaData: object }>("SHOW TRANSACTIONS YIELD metaData, currentQuery");
        return records.map((record) => record.get("metaData"));
      },
      { metadata },
    );
    expect(shown).toContainEqual(metadata);
  });

  it("is ended by the server when its time is over (TX-08)", async () => {
    await using session = db.session();
    const code = /^Neo\.ClientError\.Transaction\.TransactionTimedOut/;
    expect((await failureOf(session.run(endless, {}, { timeout: 100 }))).code).toMatch(code);
    expect((await failureOf(session.executeRead((tx) => tx.run(endless), { timeout: 100 }))).code).toMatch(code);
    expect((await failureOf(db.executeQuery(new Query(endless, { timeout: 100 })))).code).toMatch(code);
    const tx = await session.beginTransaction({ timeout: 100 });
    expect((await failureOf(tx.run(endless))).code).toMatch(code);
    await tx.close();
  });

  it("may have no limit, or one that is beyond the server's own (TX-08, TX-34)", async () => {
    await using session = db.session();
    for (const timeout of [0, 86_400_000]) {
      expect((await session.run("RETURN 1", {}, { timeout })).records).toHaveLength(1);
    }
  });

  it("begins no transactions of its own, except by session.run (TX-03)", async () => {
    await using session = db.session();
    const inTransactions = "UNWIND range(1, 4) AS n CALL (n) { CREATE (:Tx {n: n}) } IN TRANSACTIONS OF 2 ROWS";
    await session.run(inTransactions);
    expect(await count()).toBe(4);
    const tx = await session.beginTransaction();
    const failures = [await failureOf(tx.run(inTransactions))];
    await tx.close();
    failures.push(await failureOf(session.executeWrite((managed) => managed.run(inTransactions))));
    failures.push(await failureOf(db.executeQuery(inTransactions)));
    for (const error of failures) {
      expect(error).toBeInstanceOf(Neo4jError);
      expect(error.code).toBe("Neo.DatabaseError.Transaction.TransactionStartFailed");
    }
    expect(await count()).toBe(4);
  });

  it("passes on what the server says of a list that no property can be (TX-10)", async () => {
    await using session = db.session();
    const tx = await session.beginTransaction();
    const error = await failureOf(tx.run("CREATE (:Tx {list: $list})", { list: [1, "two"] }));
    expect(error.code).toMatch(/^Neo\.ClientError\.Statement\.(Type|Argument)Error$/);
    await tx.close();
    expect(await count()).toBe(0);
  });
});

describe("a session of a real server", () => {
  it("that reads may be refused a write: by the server, not by the driver (SES-29)", async () => {
    await using session = db.session({ defaultAccessMode: "READ" });
    expect((await failureOf(session.run("CREATE (:Tx)"))).code).toBe("Neo.ClientError.Statement.AccessMode");
    expect((await failureOf(session.executeRead((tx) => tx.run("CREATE (:Tx)")))).code).toBe(
      "Neo.ClientError.Statement.AccessMode",
    );
  });

  it("has its own database beside others of the same driver (SES-12, OLD-15)", async () => {
    const named = async (database: string | undefined) => {
      await using session = db.session({ database });
      const { records } = await session.run<{ name: string }>("CALL db.info() YIELD name RETURN name");
      return records[0]!.get("name");
    };
    expect(await Promise.all([named("system"), named("neo4j"), named(undefined)])).toEqual([
      "system",
      "neo4j",
      "neo4j",
    ]);
  });

  it("sees what another one has written, by a bookmark manager or by bookmarks (BKM-12)", async () => {
    const manager = bookmarkManager();
    await db.session({ bookmarkManager: manager }).executeWrite((tx) => tx.run("CREATE (:Tx)"));
    expect([...(await manager.getBookmarks())]).toHaveLength(1);
    const reader = db.session({ bookmarkManager: manager });
    const seen = await reader.executeRead((tx) => tx.run<{ n: number }>("MATCH (n:Tx) RETURN count(n) AS n"));
    expect(seen.records[0]!.get("n")).toBe(1);
  });

  it("asks for its home database once, and then trusts a server that passes work on (SES-14)", async () => {
    await using fresh = driver(server.uri.replace(/^bolt:/, "neo4j:"), auth.basic(server.username, server.password));
    for (let time = 0; time < 3; time++) {
      const { summary } = await fresh.session().run("RETURN 1");
      expect(summary.database.name).toBe("neo4j");
    }
  });
});

describe("a call that is cancelled", () => {
  it("stops the query on the server, and the connection goes on (ASY-06)", async () => {
    await using own = driver(server.uri, auth.basic(server.username, server.password), { maxConnectionPoolSize: 1 });
    await own.verifyConnectivity();
    await using session = own.session();
    const running = async (text: string) => {
      const { records } = await db.executeQuery("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $text", {
        text,
      });
      return records.length;
    };
    const abort = new AbortController();
    const reason = new Error("enough");
    const failed = failureOf(session.run(endless, {}, { signal: abort.signal }));
    while ((await running(endless)) === 0);
    abort.abort(reason);
    expect(await failed).toBe(reason);
    expect((await session.run("RETURN 1")).records).toHaveLength(1);
    expect(await running(endless)).toBe(0);
  });

  it("undoes what its transaction has written (ASY-05)", async () => {
    await using session = db.session();
    const abort = new AbortController();
    const tx = await session.beginTransaction({ signal: abort.signal });
    await tx.run("CREATE (:Tx)");
    abort.abort();
    expect(tx.closed).toBe(true);
    expect((await session.run("MATCH (n:Tx) RETURN n")).records).toHaveLength(0);
  });

  it("by its time limit ends the query on the server as well (ASY-06)", async () => {
    const error = await failureOf(db.executeQuery(endless, {}, { totalTimeout: 300 }));
    expect(error.name).toBe("CallTimeoutError");
    expect((await db.executeQuery("RETURN 1")).records).toHaveLength(1);
  });
});
