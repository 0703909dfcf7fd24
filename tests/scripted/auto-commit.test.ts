/** Queries that the server commits by itself: what RUN says, and whether they are tried again. */
import { ClientError, ConfigurationError, ParameterError, Query, TransientError } from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failingQuery } from "./exchanges.ts";
import { failureOf, play } from "./play.ts";

const idempotent = { diagnosticRecord: { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/", _idempotent: true } };

async function refused(peer: ScriptedPeer, code: string, more = {}) {
  await failingQuery(code, "not now", more)(peer);
}

describe("an auto-commit query", () => {
  it("isn't tried again, though a transaction would be (TX-02)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await refused(peer, "Neo.TransientError.Transaction.DeadlockDetected");
        await peer.closed();
      },
      async (db) => {
        expect(await failureOf(db.session().run("CREATE ()"))).toBeInstanceOf(TransientError);
      },
    );
  });

  it("is repeated once, at once, when the server says that nothing was done (TX-02)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await refused(peer, "Neo.ClientError.General.Overloaded", idempotent);
        await peer.result({ fields: ["n"], records: [[1]] });
        await refused(peer, "Neo.ClientError.General.Overloaded", idempotent);
        await refused(peer, "Neo.ClientError.General.Overloaded", idempotent);
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        expect((await session.run("CREATE (n) RETURN 1 AS n")).records).toHaveLength(1);
        expect(await failureOf(session.run("CREATE (n) RETURN 1 AS n"))).toBeInstanceOf(ClientError);
      },
    );
  });

  it("isn't repeated where that is switched off (TX-02)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await refused(peer, "Neo.ClientError.General.Overloaded", idempotent);
        await peer.closed();
      },
      async (db) => {
        expect(await failureOf(db.session().run("CREATE ()"))).toBeInstanceOf(ClientError);
      },
      { config: { disableAutoCommitRetries: true } },
    );
  });

  it("carries what its Query and its call say of the transaction; the call counts more (TX-04, TX-07)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const { run } = await peer.result();
        expect(run.parameters).toEqual({ a: 1 });
        expect(run.extra).toEqual({ mode: "r", db: "movies", txMetadata: { job: "b" }, txTimeout: 2000 });
        expect((await peer.result()).run.extra).toEqual({ mode: "r", db: "movies", txMetadata: { job: "c" } });
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ defaultAccessMode: "READ", database: "movies" });
        const query = new Query("RETURN $a", { metadata: { job: "b" }, timeout: 2000 });
        await session.run(query, { a: 1 });
        await session.run("RETURN 1", {}, { metadata: { job: "c" } });
      },
    );
  });

  it.each<[string, unknown]>([
    ["a list", ["a"]],
    ["a text", "a"],
    ["a Map, whose entries would be lost", new Map([["a", 1]])],
  ])("refuses metadata that is %s, before anything is sent (TX-07)", async (_, metadata) => {
    await play(
      async () => {},
      async (db, { peers }) => {
        const config = { metadata: metadata as { a: number } };
        expect(await failureOf(db.session().run("RETURN 1", {}, config))).toBeInstanceOf(ConfigurationError);
        expect(await failureOf(db.session().beginTransaction(config))).toBeInstanceOf(ConfigurationError);
        expect(() => new Query("RETURN 1", config)).toThrow(ConfigurationError);
        expect(peers).toEqual([]);
      },
    );
  });

  it("sends nothing that was meant for a transaction whose metadata can't be sent (TX-07)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        for (let time = 0; time < 3; time++) await peer.accept("RESET");
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const metadata = { job: () => "not a value" };
        const query = new Query("CREATE ()", { metadata });
        expect(await failureOf(session.beginTransaction({ metadata }))).toBeInstanceOf(ParameterError);
        expect(await failureOf(session.executeWrite((tx) => tx.run("CREATE ()"), { metadata }))).toBeInstanceOf(
          ParameterError,
        );
        expect(await failureOf(db.executeQuery(query, {}, { routing: "READ" }))).toBeInstanceOf(ParameterError);
        expect(await failureOf(session.run(query))).toBeInstanceOf(ParameterError);
        await session.run("RETURN 1");
      },
    );
  });
});

describe("a transaction's time-out", () => {
  it.each<[string, number | undefined, number | undefined]>([
    ["undefined: as the server is configured", undefined, undefined],
    ["0: none", 0, 0],
    ["a little more than 0 is not 0", 0.2, 1],
    ["the smallest number is not 0", Number.MIN_VALUE, 1],
    ["rounded", 1.6, 2],
    ["as it is", 30_000, 30_000],
  ])("%s (TX-08)", async (_, timeout, sent) => {
    await play(
      async (peer) => {
        await peer.login();
        const extra = sent === undefined ? {} : { txTimeout: sent };
        expect((await peer.result()).run.extra).toEqual(extra);
        for (let time = 0; time < 2; time++) {
          expect((await peer.accept("BEGIN")).extra).toEqual(extra);
          await peer.accept("COMMIT");
        }
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.run("RETURN 1", {}, { timeout });
        await (await session.beginTransaction({ timeout })).commit();
        await session.withTransaction(() => {}, { timeout });
      },
    );
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "30", 30n])("can't be %s (TX-08)", async (timeout) => {
    await play(
      async () => {},
      async (db, { peers }) => {
        const config = { timeout: timeout as number };
        const session = db.session();
        expect(await failureOf(session.run("RETURN 1", {}, config))).toBeInstanceOf(ConfigurationError);
        expect(await failureOf(session.beginTransaction(config))).toBeInstanceOf(ConfigurationError);
        expect(await failureOf(session.executeRead(() => 1, config))).toBeInstanceOf(ConfigurationError);
        expect(() => new Query("RETURN 1", config)).toThrow(ConfigurationError);
        expect(peers).toEqual([]);
      },
    );
  });
});
