/** The tracing channels, as tools see them: which events, with which attributes, and nothing secret. */
import { tracingChannel } from "node:diagnostics_channel";
import { inspect } from "node:util";
import type { Config, Driver } from "@fulgur/neo4j-driver";
import { answering, type Conversation } from "@fulgur/neo4j-testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { failureOf, password, play } from "./play.ts";

interface Message {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** The operations on a channel that have ended, and each of their messages. */
function operations(name: string) {
  const started: Message[] = [];
  const ended: Message[] = [];
  const listeners = {
    start: (message: unknown) => void started.push(message as Message),
    asyncEnd: (message: unknown) => void ended.push(message as Message),
  } as Parameters<ReturnType<typeof tracingChannel>["subscribe"]>[0];
  const channel = tracingChannel(name);
  channel.subscribe(listeners);
  onTestFinished(() => void channel.unsubscribe(listeners));
  return { started, ended };
}

const names = ["neo4j:connect", "neo4j:acquire", "neo4j:query", "neo4j:transaction"] as const;
const secret = "canary-8e02";
const parameters = { p: secret };
const movies = { database: "movies" };

/** What each channel tells of some work. */
async function traced(use: (db: Driver) => PromiseLike<unknown>, conversation?: Conversation, config: Config = {}) {
  const channels = names.map((name) => operations(name));
  const answers = answering(() => ({ fields: ["n"], records: [[secret], [2]] }));
  await play(conversation ?? answers, async (db) => use(db), { config });
  await new Promise((resolve) => setImmediate(resolve));
  const [connects, acquires, queries, transactions] = channels.map(({ started, ended }) => {
    expect(ended).toHaveLength(started.length);
    return ended;
  });
  const printed = inspect(channels, { depth: 9 });
  for (const hidden of [secret, password]) expect(printed).not.toContain(hidden);
  return { connects: connects!, acquires: acquires!, queries: queries!, transactions: transactions! };
}

const server = { "db.system.name": "neo4j", "server.address": "127.0.0.1", "server.port": expect.any(Number) };

describe("the channels", () => {
  it("tell of a managed transaction: a connection, an acquisition, a query, a transaction", async () => {
    const { connects, acquires, queries, transactions } = await traced((db) =>
      db.session(movies).executeWrite((tx) => tx.run("RETURN $p", parameters)),
    );
    expect(connects.map(({ attributes }) => attributes)).toEqual([
      { ...server, "network.protocol.name": "bolt", "network.protocol.version": "5.8" },
    ]);
    expect(acquires.map(({ attributes }) => attributes)).toEqual([
      { ...server, "db.client.connection.pool.name": expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
    ]);
    expect(queries.map(({ attributes }) => attributes)).toEqual([
      { ...server, "db.namespace": "movies", "db.query.text": "RETURN $p", "db.response.returned_rows": 2 },
    ]);
    expect(transactions.map(({ attributes }) => attributes)).toEqual([
      {
        ...server,
        "db.namespace": "movies",
        "neo4j.transaction.mode": "WRITE",
        "neo4j.transaction.outcome": "committed",
      },
    ]);
  });

  it("tell of a transaction in one flight, of one that is rolled back, and of none for a query by itself", async () => {
    const flight = await traced((db) => db.executeQuery("RETURN $p", parameters, { ...movies, routing: "READ" }));
    expect(flight.transactions.map(({ attributes }) => attributes["neo4j.transaction.outcome"])).toEqual(["committed"]);
    expect(flight.transactions[0]?.attributes["neo4j.transaction.mode"]).toBe("READ");
    expect(flight.queries).toHaveLength(1);
    const undone = await traced(async (db) => {
      const tx = await db.session().beginTransaction();
      await tx.run("RETURN $p", parameters);
      await tx.rollback();
    });
    expect(undone.transactions.map(({ attributes }) => attributes["neo4j.transaction.outcome"])).toEqual([
      "rolled back",
    ]);
    const single = await traced((db) => db.session(movies).run("RETURN $p", parameters));
    expect(single.queries).toHaveLength(1);
    expect(single.transactions).toEqual([]);
  });

  it("tell what failed, by the server's code", async () => {
    const fails: Conversation = async (peer) => {
      await peer.login();
      await peer.accept("BEGIN");
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.failure("Neo.ClientError.Statement.SyntaxError", "Invalid input", { gqlStatus: "42001" });
      peer.ignored();
      await peer.accept("RESET");
      await peer.closed();
    };
    const { queries, transactions } = await traced(
      (db) => failureOf(db.session().executeWrite((tx) => tx.run("RETRUN $p", parameters))),
      fails,
    );
    const failed = { "error.type": "Neo.ClientError.Statement.SyntaxError", "db.response.status_code": "42001" };
    expect(queries[0]?.attributes).toMatchObject(failed);
    expect(transactions[0]?.attributes).toMatchObject({ ...failed, "neo4j.transaction.outcome": "failed" });
    expect(queries[0]?.error).toBe(transactions[0]?.error);
  });

  it("tell of an acquisition that took too long, and of a connection that could not be opened", async () => {
    const slow = await traced(
      async (db) => {
        const tx = await db.session().beginTransaction();
        await failureOf(db.session().run("RETURN 1"));
        await tx.rollback();
      },
      undefined,
      { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 50 },
    );
    expect(slow.acquires.map(({ attributes }) => attributes["error.type"]).sort()).toEqual([
      "ConnectionAcquisitionTimeoutError",
      undefined,
    ]);
    const refuses: Conversation = async (peer) => {
      await peer.receive("HELLO");
      await peer.receive("LOGON");
      peer.failure("Neo.ClientError.Security.Unauthorized");
      peer.ignored();
      await peer.closed();
    };
    const { connects } = await traced((db) => failureOf(db.verifyConnectivity()), refuses);
    expect(connects[0]?.attributes["error.type"]).toBe("Neo.ClientError.Security.Unauthorized");
  });
});
