/** The driver's log: who hears what, and that nothing secret is in it. */
import { inspect } from "node:util";
import {
  auth,
  type Config,
  type Driver,
  driver,
  type LogRecord,
  logging,
  runWithLogContext,
} from "@fulgur/neo4j-driver";
import { answering, type Conversation, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failureOf, hurryRetries, play } from "./play.ts";
import { runProgram } from "./process.ts";

/** A logger that takes everything, and what it was given. */
function recorder() {
  const records: LogRecord[] = [];
  const logger = (_level: string, _message: string, record: LogRecord) => records.push(record);
  return { records, logging: { level: "trace", logger } as const };
}

const one = answering(() => ({ fields: ["n"], records: [[1]] }));

/** Answers each request; the first two RUNs fail: once the database is away, once the authorization is too old. */
function eventful(address: () => string): Conversation {
  let runs = 0;
  return async (peer) => {
    await peer.login();
    for (let request = await peer.receiveAny(); request !== undefined; request = await peer.receiveAny()) {
      if (request.type === "ROUTE") {
        const servers = ["ROUTE", "READ", "WRITE"].map((role) => ({ role, addresses: [address()] }));
        peer.success({ rt: { ttl: 300, db: "neo4j", servers } });
      } else if (request.type === "RUN" && ++runs <= 2) {
        const titles = ["Security.AuthorizationExpired", "Cluster.NotALeader"];
        peer.failure(`Neo.ClientError.${titles[runs - 1]}`);
        await peer.receive("PULL");
        peer.ignored();
      } else if (request.type === "RUN") {
        peer.success({ fields: ["n"] });
      } else if (request.type === "PULL") {
        const remark = {
          code: "Neo.ClientNotification.Statement.Hint",
          title: "A hint",
          description: "",
          severity: "WARNING",
        };
        peer.success({ notifications: [remark] });
      } else if (request.type !== "GOODBYE") {
        peer.success();
      }
    }
  };
}

async function eventfulDay(config: Config): Promise<void> {
  hurryRetries();
  let address = "";
  await using server = await startScriptedServer({ version: "5.4", conversation: eventful(() => address) });
  address = server.address;
  await using db = driver(`neo4j://${address}`, auth.basic("ann", "canary-0d11"), config);
  await db.session().executeWrite((tx) => tx.run("CREATE (:Canary {of: $p})", { p: "canary-0d11" }));
}

describe("the log", () => {
  it("has lines of each name: driver, session, io, pool, auth management and notifications (LOG-02)", async () => {
    const { records, logging } = recorder();
    await eventfulDay({ logging });
    const of = (name: string) => records.filter((record) => record.name === name).map(({ message }) => message);
    expect(of("neo4j")[0]).toMatch(/^a driver for neo4j:\/\/127\.0\.0\.1:\d+$/);
    expect(of("neo4j").at(-1)).toBe("the driver is closed");
    expect(of("neo4j.session")).toEqual([
      "an attempt failed by TransientError Neo.ClientError.Security.AuthorizationExpired; there will be another one",
      "an attempt failed by NotALeader Neo.ClientError.Cluster.NotALeader; there will be another one",
    ]);
    expect(of("neo4j.io")).toContain("S: IGNORED");
    expect(of("neo4j.pool").some((line) => line.startsWith('routing table for database "neo4j"'))).toBe(true);
    expect(of("neo4j.pool").some((line) => line.startsWith("takes no writes"))).toBe(true);
    expect(of("neo4j.auth_management")).toEqual([
      "Neo.ClientError.Security.AuthorizationExpired: its connections have to log in anew",
      "Neo.ClientError.Security.AuthorizationExpired: the auth token manager leaves it",
      "logs in anew",
    ]);
    expect(of("neo4j.notifications")).toEqual(["Neo.ClientNotification.Statement.Hint: A hint"]);
    for (const { name, connectionId, address } of records) {
      if (name === "neo4j.io") expect([typeof connectionId, typeof address]).toEqual(["string", "string"]);
    }
  });

  it("leaves one name out when it is silenced, and only that (LOG-02)", async () => {
    const { records, logging } = recorder();
    await eventfulDay({ logging: { ...logging, levels: { "neo4j.io": "off", "neo4j.pool": "info" } } });
    const names = new Set(records.map(({ name }) => name));
    expect(names).toEqual(
      new Set(["neo4j", "neo4j.session", "neo4j.pool", "neo4j.auth_management", "neo4j.notifications"]),
    );
    expect(records.filter(({ name }) => name === "neo4j.pool").every(({ level }) => level === "info")).toBe(true);
  });

  it("holds no credential and no parameter at its finest, whatever goes wrong (LOG-04)", async () => {
    const secret = "canary-0d11";
    const { records, logging } = recorder();
    await eventfulDay({ logging });
    const refuses: Conversation = async (peer) => {
      await peer.receive("HELLO");
      peer.failure("Neo.ClientError.Security.Unauthorized", `not with ${secret}`);
      await peer.closed();
    };
    const breaks: Conversation = async (peer) => {
      await peer.login();
      await peer.receive("RUN");
      await peer.receive("PULL");
      // A record where none belongs.
      peer.record(secret);
      await peer.closed();
    };
    for (const [conversation, version] of [
      [refuses, "4.4"],
      [breaks, "5.8"],
    ] as const) {
      await using server = await startScriptedServer({ conversation, version });
      await using db = driver(server.uri, auth.custom("ann", secret, "realm", "scheme", { secret }), { logging });
      const metadata = { secret };
      await failureOf(db.session().run("RETURN $p", { p: secret, list: [secret] }, { metadata }));
      await failureOf(db.executeQuery("RETURN $p", { p: Symbol(secret) }));
    }
    expect(records.length).toBeGreaterThan(50);
    expect(records.map(({ level }) => level)).toContain("error");
    expect(`${JSON.stringify(records)}${inspect(records, { depth: 9 })}`).not.toContain(secret);
  });

  it("does not matter: with a logger that throws all is the same (LOG-01)", async () => {
    const throws = () => {
      throw new Error("the logger is broken");
    };
    const use = async (db: Driver) => (await db.executeQuery("RETURN 1")).records.map((record) => record.toObject());
    for (const config of [{}, { logging: { level: "trace", logger: throws } }] as const) {
      expect(await play(one, use, { config })).toEqual([{ n: 1 }]);
    }
  });

  it("names the asynchronous context of whoever asked (LOG-18)", async () => {
    const { records, logging } = recorder();
    const work = (db: Driver, name: string) => runWithLogContext(name, () => db.executeQuery("RETURN 1"));
    await play(one, (db) => Promise.all([work(db, "request-1"), work(db, "request-2")]), { config: { logging } });
    for (const name of ["request-1", "request-2"]) {
      const lines = records.filter(({ context }) => context === name).map(({ message }) => message);
      expect(lines.filter((line) => line.startsWith("C: RUN"))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith("S: SUCCESS")).length).toBeGreaterThan(2);
    }
  });

  it("goes to the console by npm's helper", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    await play(one, (db) => db.executeQuery("RETURN 1"), { config: { logging: logging.console("debug") } });
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines.some((line) => /debug neo4j\.io \[bolt-0\] C: RUN "RETURN 1"/.test(line))).toBe(true);
  });
});

describe("NODE_DEBUG", () => {
  it("shows the log of an unchanged program; a name chooses a part of it (LOG-02)", async () => {
    await using server = await startScriptedServer({ conversation: one });
    const code = `await using db = driver(process.env.URI, auth.basic("ann", "canary-0d11"));
      await db.executeQuery("RETURN '%s %o'", { p: "canary-0d11" });`;
    const run = async (NODE_DEBUG: string) => (await runProgram(code, { env: { URI: server.uri, NODE_DEBUG } })).stderr;
    const all = await run("neo4j");
    expect(all).toMatch(/^NEO4J \d+: info neo4j a driver for bolt:/m);
    expect(all).toMatch(/^NEO4J \d+: debug neo4j\.io \[bolt-\d+\] C: RUN "RETURN '%s %o'" \{p: string\}/m);
    expect(all).toMatch(/debug neo4j\.pool \[bolt-\d+\] acquired/);
    expect(all).not.toContain("canary-0d11");
    const pool = await run("neo4j.pool");
    expect(pool).toMatch(/^NEO4J\.POOL \d+: debug neo4j\.pool \[bolt-\d+\] acquired/m);
    expect(pool).not.toContain("neo4j.io");
    expect(await run("http")).not.toContain("neo4j");
  });
});
