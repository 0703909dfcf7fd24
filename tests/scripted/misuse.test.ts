/** What the driver itself refuses: sessions, transactions, results and options that are used as they can't be. (ERR) */
import { inspect } from "node:util";
import * as errors from "@fulgur/neo4j-driver";
import { auth, type Driver, driver, type Result } from "@fulgur/neo4j-driver";
import { answering, type Conversation, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failingQuery } from "./exchanges.ts";
import { failureOf, password, play, playCore } from "./play.ts";

const rows = (...values: number[]) => answering(() => ({ fields: ["n"], records: values.map((value) => [value]) }));
const three = rows(1, 2, 3);

describe("a session", () => {
  it("that is closed refuses work by a SessionError that knows it, and prints nothing of it (ERR-19)", async () => {
    await play(three, async (db) => {
      const session = db.session();
      await session.close();
      for (const work of [
        () => session.run("RETURN 1"),
        () => session.beginTransaction(),
        () => session.executeRead(() => 1),
      ]) {
        const error = (await failureOf(work())) as errors.SessionError;
        expect(error).toBeInstanceOf(errors.SessionError);
        expect(error.session).toBe(session);
        expect(error.isRetryable()).toBe(false);
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(password);
        expect(JSON.stringify(error)).not.toContain('session":');
      }
    });
  });

  it("with an open transaction refuses another one by a TransactionNestingError (ERR-21)", async () => {
    await play(three, async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      for (const work of [() => session.beginTransaction(), () => session.executeWrite(() => 1)]) {
        const error = await failureOf(work());
        expect(error).toBeInstanceOf(errors.TransactionNestingError);
        expect(error).toBeInstanceOf(errors.TransactionError);
        expect(error.message).toContain("open transaction");
      }
      await tx.rollback();
    });
  });
});

describe("a transaction", () => {
  it("that has ended refuses everything by a TransactionError that knows it (ERR-20)", async () => {
    await play(three, async (db) => {
      const tx = await db.session().beginTransaction();
      await tx.commit();
      for (const work of [() => tx.run("RETURN 1"), () => tx.commit(), () => tx.rollback()]) {
        const error = (await failureOf(work())) as errors.TransactionError;
        expect(error).toBeInstanceOf(errors.TransactionError);
        expect(error.transaction).toBe(tx);
        expect(error.message).toContain("is committed");
      }
    });
  });

  it("of which one result failed gives the others a ResultFailedError with that failure as cause (ERR-23)", async () => {
    const conversation: Conversation = async (peer) => {
      await peer.login();
      await peer.accept("BEGIN");
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.success({ fields: ["n"], qid: 0 });
      peer.record(1);
      peer.success({ has_more: true });
      await failingQuery("Neo.ClientError.Statement.SyntaxError")(peer);
      await peer.closed();
    };
    await play(conversation, async (db) => {
      const tx = await db.session({ fetchSize: 1 }).beginTransaction();
      const first = tx.run("RETURN 1");
      await first.keys();
      const failure = await failureOf(tx.run("RETRUN 1"));
      const error = (await failureOf(first.summary())) as errors.ResultFailedError;
      expect(failure).toBeInstanceOf(errors.CypherSyntaxError);
      expect(error).toBeInstanceOf(errors.ResultFailedError);
      expect(error.cause).toBe(failure);
      expect(error.result).toBe(first);
      await tx.rollback();
    });
  });
});

const readings: [string, (result: Result) => unknown][] = [
  ["iterating", async (result) => void (await result[Symbol.asyncIterator]().next())],
  ["single", (result) => result.single()],
  ["fetch", (result) => result.fetch(1)],
  ["peek", (result) => result.peek()],
  ["rows", (result) => result.rows()],
  ["toEagerResult", (result) => result.toEagerResult()],
];

describe("a result", () => {
  it.each(readings)(
    "refuses %s after consume(), by a ResultConsumedError that knows it (ERR-22, ERR-24)",
    async (_, read) => {
      await play(three, async (db) => {
        const result = db.session().run("RETURN 1");
        await result.consume();
        const error = (await failureOf(Promise.resolve().then(() => read(result)))) as errors.ResultConsumedError;
        expect(error).toBeInstanceOf(errors.ResultConsumedError);
        expect(error).toBeInstanceOf(errors.ResultError);
        expect(error.result).toBe(result);
        expect(await result.keys()).toEqual(["n"]);
        expect(result.closed).toBe(true);
      });
    },
  );

  it.each(readings)("refuses %s after its transaction has ended (ERR-24)", async (_, read) => {
    await play(three, async (db) => {
      const tx = await db.session({ fetchSize: 1 }).beginTransaction();
      const result = tx.run("RETURN 1");
      await tx.commit();
      const error = (await failureOf(Promise.resolve().then(() => read(result)))) as errors.ResultConsumedError;
      expect(error).toBeInstanceOf(errors.ResultConsumedError);
      expect(error.result).toBe(result);
      expect(await result.keys()).toEqual(["n"]);
      expect(result.closed).toBe(true);
    });
  });

  it.each([
    ["none", []],
    ["several", [1, 2]],
  ])("that should have one record and has %s says so (ERR-25)", async (found, values) => {
    await play(rows(...values), async (db) => {
      const result = db.session().run("RETURN 1");
      const error = (await failureOf(result.single({ strict: true }))) as errors.ResultNotSingleError;
      expect(error).toBeInstanceOf(errors.ResultNotSingleError);
      expect(error.message).toContain(found);
      expect(error.result).toBe(result);
    });
  });
});

describe("the driver", () => {
  it("throws at creation what is wrong with it, and rejects verifying what is wrong with the server (ERR-36)", async () => {
    expect(() => driver("bolt//localhost")).toThrow(errors.ConfigurationError);
    await using server = await startScriptedServer({ conversation: three });
    const { uri } = server;
    await server.stop();
    await using db = driver(uri);
    expect(await failureOf(db.verifyConnectivity())).toBeInstanceOf(errors.ServiceUnavailable);
  });

  it("that is closed is the same DriverError for everything, an old session's work included", async () => {
    let session: ReturnType<Driver["session"]>;
    const old = await play(three, async (db) => {
      session = db.session();
      return db;
    });
    const works = [
      () => session.run("RETURN 1"),
      () => session.executeRead((tx) => tx.run("RETURN 1")),
      () => session.beginTransaction(),
      () => old.executeQuery("RETURN 1"),
      () => old.verifyConnectivity(),
    ];
    for (const work of works) {
      const error = await failureOf(work());
      expect(error.constructor).toBe(errors.DriverError);
      expect(error.message).toContain("The driver is closed");
    }
  });

  it("names the option that is wrong, and what would be right (ERR-31)", async () => {
    const wrong = (config: object) => {
      try {
        driver("bolt://localhost", auth.none(), config);
      } catch (error) {
        return error as errors.ConfigurationError;
      }
      throw new Error("it was taken");
    };
    for (const [config, option] of [
      [{ fetchSize: 0 }, "fetchSize"],
      [{ maxConnectionPoolSize: 0 }, "maxConnectionPoolSize"],
      [{ engine: "steam" }, "engine"],
      [{ debug: "yes" }, "debug"],
      [{ logging: { level: "loud" } }, "logging.level"],
    ] as const) {
      const error = wrong(config);
      expect(error).toBeInstanceOf(errors.ConfigurationError);
      expect(error.option).toBe(option);
      expect(error.isRetryable()).toBe(false);
    }
  });

  it("can't change a connection's user before Bolt 5.1 (ERR-31)", async () => {
    const conversation: Conversation = async (peer) => {
      await peer.login();
      await peer.closed();
    };
    const error = await playCore(conversation, (connection) => failureOf(connection.logoff()), { version: "5.0" });
    expect(error).toBeInstanceOf(errors.ConfigurationError);
    expect(error.message).toContain("Bolt 5.0");
  });

  it("with all connections in use says who has them, and where (ERR-33)", async () => {
    await play(
      three,
      async (db) => {
        async function reportOfTheMonth() {
          return db.session().beginTransaction();
        }
        const tx = await reportOfTheMonth();
        const error = await failureOf(db.executeQuery("RETURN 1"));
        expect(error).toBeInstanceOf(errors.ConnectionAcquisitionTimeoutError);
        expect(error).toBeInstanceOf(errors.ConnectionPoolError);
        expect(error.message).toContain("within 50 ms (connectionAcquisitionTimeout)");
        expect(error.message).toMatch(
          /Of at most 1 connections 1 are in use \(for \d+ ms by reportOfTheMonth \(.*misuse\.test/,
        );
        expect(error.stack).toContain("misuse.test.ts");
        await tx.rollback();
      },
      { config: { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 50 } },
    );
  });
});
