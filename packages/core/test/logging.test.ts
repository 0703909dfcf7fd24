import { describe, expect, it, onTestFinished, vi } from "vitest";
import { auth } from "../src/auth/tokens.ts";
import { connect } from "../src/connection/connect.ts";
import {
  Logging,
  type LogRecord,
  loggerNames,
  logThresholds,
  runWithLogContext,
  Watcher,
  watch,
} from "../src/index.ts";
import { failureOf, HandClock, open, Peer, type Script } from "./memory-peer.ts";

/** A function that takes lines, and the records that it was given. */
function recorder() {
  const records: LogRecord[] = [];
  const logger = (_level: string, _message: string, record: LogRecord) => records.push(record);
  return { records, logger };
}

/** Some output, and what was written to it, by lines. */
function output() {
  let text = "";
  return {
    write: (piece: string) => {
      text += piece;
    },
    get lines() {
      return text.split("\n").slice(0, -1);
    },
  };
}

const script: Script = {
  PULL: (_, peer) => {
    peer.records([1], [2]);
    peer.success({ db: "movies" });
  },
};

describe("a logger", () => {
  it("has names in a hierarchy: a threshold holds for those below, and one can be silenced alone (LOG-02)", () => {
    const { records, logger } = recorder();
    const logging = new Logging({ level: "warn", levels: { "neo4j.pool": "debug", "neo4j.io": "off" }, logger });
    for (const name of loggerNames) {
      logging.logger(name).debug("d");
      logging.logger(name).warn("w");
    }
    const heard = records.map(({ name, message }) => `${name} ${message}`);
    expect(heard).toEqual([
      "neo4j w",
      "neo4j.session w",
      "neo4j.pool d",
      "neo4j.pool w",
      "neo4j.auth_management w",
      "neo4j.notifications w",
    ]);
  });

  it("writes what its level asks for, and makes no text for the rest (LOG-03)", () => {
    const levels = ["error", "warn", "info", "debug", "trace"] as const;
    for (const [rank, threshold] of logThresholds.entries()) {
      const { records, logger } = recorder();
      const log = new Logging({ level: threshold, logger }).logger("neo4j");
      const text = vi.fn(() => "text");
      for (const level of levels) log[level](text);
      expect(records.map(({ level }) => level)).toEqual(levels.slice(0, rank));
      expect(text).toHaveBeenCalledTimes(rank);
    }
  });

  it("gives level and text as npm's driver does, and fields that are an interface (LOG-09)", () => {
    const logger = vi.fn();
    new Logging({ level: "debug", logger }).logger("neo4j.io").child({ connectionId: "bolt-1" }).debug("C: RUN");
    const record = { name: "neo4j.io", level: "debug", message: "C: RUN", connectionId: "bolt-1" };
    expect(logger.mock.calls).toEqual([["debug", "C: RUN", { ...record, time: expect.any(Number) }]]);
  });

  it("calls pino with fields and text, console and winston with text and fields (LOG-10)", () => {
    const fields = { name: "neo4j.pool", address: "a:1" };
    const object = () => ({ error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() });
    const pino = { ...object(), trace: vi.fn(), child: () => {}, level: "trace" };
    const winston = { ...object(), child: () => {}, transports: [], level: "debug" };
    const plain = object();
    for (const logger of [pino, winston, plain]) {
      const log = new Logging(logger).logger("neo4j.pool").child({ address: "a:1" });
      log.trace("t");
      log.debug("d");
      log.info("i");
    }
    expect(pino.trace.mock.calls).toEqual([[fields, "t"]]);
    expect(pino.info.mock.calls).toEqual([[fields, "i"]].map(([about, text]) => [{ ...(about as object) }, text]));
    expect(winston.debug.mock.calls[0]?.slice(0, 1)).toEqual(["d"]);
    expect(winston.info.mock.calls).toEqual([["i", { ...fields }]]);
    expect(plain.debug).not.toHaveBeenCalled();
    expect(plain.info.mock.calls).toEqual([["i", { ...fields }]]);
  });

  it("that throws or rejects disturbs nobody (LOG-01)", async () => {
    const rejections = vi.fn();
    process.on("unhandledRejection", rejections);
    onTestFinished(() => void process.off("unhandledRejection", rejections));
    const throws = () => {
      throw new Error("the logger is broken");
    };
    const rejects = async () => throws();
    for (const logger of [throws, rejects]) {
      const { connection } = await open("5.8", script, { logging: { level: "trace", logger } });
      const rows: unknown[] = [];
      for await (const row of connection.run("RETURN 1")) rows.push(row);
      expect(rows).toEqual([[1], [2]]);
      await connection.close();
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections).not.toHaveBeenCalled();
  });

  it("is refused with the name of what is wrong", () => {
    for (const [logging, text] of [
      [{ level: "loud" }, /`logging.level` must be one of "off", "error"/],
      [{ levels: { "neo4j.foo": "info" } }, /the loggers are neo4j, neo4j.session/],
      [{ levels: { neo4j: "all" } }, /`logging.levels\["neo4j"\]` must be one of/],
      [{ logger: {} }, /`logging.logger` must be a function, or an object with the methods error, warn/],
      [{ verbose: true }, /`logging.verbose` isn't known/],
      ["debug", /`logging` must be an object of level, levels and logger/],
    ] as const) {
      expect(() => new Logging(logging as never)).toThrow(text);
    }
  });
});

describe("a connection's log", () => {
  it("has a line for each message, with the connection's name, and for records at trace level (LOG-04)", async () => {
    const { records, logger } = recorder();
    const { connection } = await open("5.8", script, { logging: { level: "trace", logger } });
    await connection.run("RETURN $x", { x: "value-3d9" }, { db: "movies", txMetadata: { a: "value-3d9" } }).discard();
    await connection.close();
    expect(new Set(records.map(({ name }) => name))).toEqual(new Set(["neo4j.io"]));
    const ids = records.map(({ connectionId }) => connectionId);
    expect(ids.filter((id) => id === "bolt-1").length).toBeGreaterThan(4);
    expect(ids.every((id) => id === "bolt-1" || /^#\d+$/.test(id ?? ""))).toBe(true);
    expect(records.map(({ level, message }) => `${level} ${message}`)).toEqual([
      "debug C: <OPEN> TCP",
      "debug S: <HANDSHAKE> Bolt 5.8",
      expect.stringMatching(/^debug C: HELLO \{userAgent: ".*boltAgent: \{.*\}\}$/),
      'debug C: LOGON {scheme: "basic", principal: "neo4j", credentials: *****}',
      'debug S: SUCCESS {server: "Neo4j/5.8", connection_id: "bolt-1"}',
      "debug S: SUCCESS {}",
      'debug C: RUN "RETURN $x" {x: string} {db: "movies", txMetadata: {a: string}}',
      "debug C: PULL {n: 1000}",
      'debug S: SUCCESS {fields: ["n"]}',
      "trace S: RECORD * 1",
      "trace S: RECORD * 1",
      'debug S: SUCCESS {db: "movies"}',
      "debug C: GOODBYE",
      "debug C: <CLOSE>",
    ]);
  });

  it("holds no credential, no parameter and no text of the server's that may quote one (LOG-04)", async () => {
    const secret = "canary-77aa";
    const { records, logger } = recorder();
    const leaky: Script = {
      RUN: (_, peer) => peer.failure("Neo.ClientError.Schema.ConstraintValidationFailed", `it exists: '${secret}'`),
      PULL: (_, peer) => peer.ignored(),
    };
    const options = { clock: new HandClock(), logging: { level: "trace", logger } } as const;
    const token = auth.custom("ann", secret, "realm", "custom", {
      more: secret,
      deep: { constructor: { name: secret } },
    });
    const peer = new Peer("6.1", leaky);
    const connection = await connect("bolt://peer", token, { ...options, openTransport: async () => peer });
    const parameters = { a: secret, b: [secret], c: new Map([["k", secret]]), d: { constructor: { name: secret } } };
    await failureOf(connection.run("RETURN $a", parameters, { txMetadata: { secret } }).discard());
    peer.drop(Object.assign(new Error(secret), { code: "ECONNRESET" }));
    const planned = new Peer("5.8", {
      PULL: (_, peer) => peer.success({ plan: { operatorType: "Filter", args: { Details: secret } }, note: secret }),
    });
    const planning = await connect("bolt://peer", auth.none(), { ...options, openTransport: async () => planned });
    await planning.run("EXPLAIN MATCH (n)").discard();
    expect(records.at(-1)?.message).toBe("S: SUCCESS {plan: map, note: string}");
    const old = new Peer("4.4", leaky);
    await connect("bolt://peer", token, { ...options, openTransport: async () => old });
    expect(records.length).toBeGreaterThan(12);
    expect(JSON.stringify(records)).not.toContain(secret);
    expect(records.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      "lost: ServiceUnavailable ECONNRESET",
    ]);
  });

  it("names the asynchronous context of whoever asked, also in answers (LOG-18)", async () => {
    const { records, logger } = recorder();
    const logging = new Logging({ level: "debug", logger });
    const [one, two] = [await open("5.8", script, { logging }), await open("5.8", script, { logging })];
    const work = async ({ connection }: typeof one, query: string) => {
      await null;
      await connection.run(query).discard();
    };
    await Promise.all([
      runWithLogContext("task-a", () => work(one, "RETURN 'a'")),
      runWithLogContext("task-b", () => work(two, "RETURN 'b'")),
    ]);
    for (const task of ["a", "b"]) {
      const lines = records.filter(({ context }) => context === `task-${task}`).map(({ message }) => message);
      expect(lines).toHaveLength(4);
      expect(lines[0]).toContain(`RETURN '${task}'`);
      expect(lines.slice(2).every((line) => line.startsWith("S: SUCCESS"))).toBe(true);
    }
    expect(records.find(({ message }) => message.startsWith("C: HELLO"))?.context).toBeUndefined();
  });
});

describe("watch", () => {
  it("prints lines of the named loggers of everybody to the error stream (LOG-06)", () => {
    const stderr = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    const watcher = watch("neo4j.pool", "neo4j.io");
    stderrIsRestored(stderr, watcher);
    const logging = new Logging();
    logging.logger("neo4j.pool").debug("one");
    logging.logger("neo4j.io").trace("too fine");
    logging.logger("neo4j.session").error("not asked for");
    new Logging().logger("neo4j.io").error("two");
    const lines = stderr.mock.calls.map(([line]) => String(line));
    expect(watcher).toBeInstanceOf(Watcher);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d{4}-.*Z debug neo4j\.pool \S+ one\n$/);
    expect(lines[1]).toContain("two");
  });

  it("has levels, streams, colours, thread and task, and stops (LOG-07)", () => {
    const out = output();
    const log = new Logging().logger("neo4j");
    {
      using watcher = new Watcher("neo4j", { level: "warn", out, colour: true, threadInfo: false });
      log.error("before it watches");
      watcher.watch();
      log.info("too fine");
      runWithLogContext("task-1", () => log.warn("heard"));
    }
    log.error("after it has stopped");
    expect(out.lines).toEqual([expect.stringContaining("\u001b[33mwarn \u001b[0m neo4j [task-1] heard")]);
    using _ = new Watcher("neo4j", { out, taskInfo: false }).watch();
    runWithLogContext("task-2", () => log.debug("plain"));
    expect(out.lines[1]).toMatch(/Z debug neo4j (main|worker-\d+) plain$/);
  });

  it("takes level and stream for one time, and starts anew without doubling lines (LOG-08)", () => {
    const [usual, other] = [output(), output()];
    const log = new Logging().logger("neo4j");
    using watcher = new Watcher("neo4j", { level: "error", out: usual }).watch();
    log.info("no");
    watcher.watch({ level: "info", out: other });
    log.info("yes");
    watcher.watch();
    log.error("usual");
    expect(other.lines).toHaveLength(1);
    expect(usual.lines).toEqual([expect.stringMatching(/usual$/)]);
  });

  it("needs names of loggers, and a level that exists", () => {
    expect(() => watch()).toThrow(/name of a logger/);
    expect(() => watch("neo4j", "neo4j.pol")).toThrow(
      /no logger "neo4j\.pol" to watch; the loggers are neo4j, .*neo4j\.pool/,
    );
    expect(() => watch("neo4j", { level: "all" as never })).toThrow(/must be one of off, error/);
  });
});

function stderrIsRestored(spy: { mockRestore(): void }, watcher: Watcher): void {
  onTestFinished(() => {
    watcher.stop();
    spy.mockRestore();
  });
}
