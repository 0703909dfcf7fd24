import { AsyncLocalStorage } from "node:async_hooks";
import { tracingChannel } from "node:diagnostics_channel";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TracedOperation, TraceMessage } from "../src/index.ts";
import { failureOf, open, type Script } from "./memory-peer.ts";

/** What is published on a channel while the test runs: the events' names, each with its message. */
function heard(operation: TracedOperation) {
  const events: [string, TraceMessage][] = [];
  const names = ["start", "end", "asyncStart", "asyncEnd", "error"] as const;
  const listeners = Object.fromEntries(
    names.map((name) => [name, (message: unknown) => events.push([name, message as TraceMessage])]),
  ) as unknown as Parameters<ReturnType<typeof tracingChannel>["subscribe"]>[0];
  const channel = tracingChannel(operation);
  channel.subscribe(listeners);
  onTestFinished(() => void channel.unsubscribe(listeners));
  return { events, names: () => events.map(([name]) => name), attributes: () => events.at(-1)?.[1].attributes };
}

/** Until what was published on the way is through. */
const published = () => new Promise((resolve) => setImmediate(resolve));

const secret = "canary-51bd";
const rows: Script = {
  PULL: (_, peer) => {
    peer.records([secret], [secret]);
    peer.success({ db: "movies" });
  },
};

describe("a connection's channels", () => {
  it("tell of its opening, with the conventions' names", async () => {
    const connects = heard("neo4j:connect");
    await open("5.8");
    expect(connects.names()).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
    expect(connects.attributes()).toEqual({
      "db.system.name": "neo4j",
      "server.address": "peer",
      "server.port": 7687,
      "network.protocol.name": "bolt",
      "network.protocol.version": "5.8",
    });
  });

  it("tell of a query from RUN to the last record, without its parameters and records", async () => {
    const queries = heard("neo4j:query");
    const { connection } = await open("5.8", rows);
    await connection.run("RETURN $x", { x: secret }).discard();
    await published();
    expect(queries.names()).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
    expect(queries.attributes()).toEqual({
      "db.system.name": "neo4j",
      "db.namespace": "movies",
      "db.query.text": "RETURN $x",
      "db.response.returned_rows": 2,
      "server.address": "peer",
      "server.port": 7687,
    });
    expect(JSON.stringify(queries.events)).not.toContain(secret);
  });

  it("tell what a query failed by", async () => {
    const queries = heard("neo4j:query");
    const script: Script = {
      RUN: (_, peer) => peer.failure("Neo.ClientError.Statement.SyntaxError"),
      PULL: (_, peer) => peer.ignored(),
    };
    const { connection } = await open("5.8", script);
    const error = await failureOf(connection.run("RETRUN 1").discard());
    await published();
    expect(queries.names()).toEqual(["start", "end", "error", "asyncStart", "asyncEnd"]);
    expect(queries.events.at(-1)?.[1].error).toBe(error);
    expect(queries.attributes()).toMatchObject({ "error.type": "Neo.ClientError.Statement.SyntaxError" });
  });

  it("carry a store from a query's start to its end, as tracers need it", async () => {
    const spans = new AsyncLocalStorage<string>();
    const { start } = tracingChannel("neo4j:query");
    const queries = heard("neo4j:query");
    start.bindStore(spans, () => "span-1");
    onTestFinished(() => void start.unbindStore(spans));
    const seen: (string | undefined)[] = [];
    const { connection } = await open("5.8", {
      RUN: (_, peer) => {
        seen.push(spans.getStore());
        peer.success({ fields: [] });
      },
    });
    await connection.run("RETURN 1").discard();
    await published();
    expect(seen).toEqual(["span-1"]);
    expect(spans.getStore()).toBeUndefined();
    expect(queries.names()).toContain("asyncEnd");
  });
});
