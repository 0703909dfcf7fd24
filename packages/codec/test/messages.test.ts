import { type BoltVersion, boltVersions, createCodec, type Message } from "@fulgur/neo4j-codec";
import { ConfigurationError, PackStreamError, ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { codec, engines, hex } from "./engines.ts";

const at = (version: BoltVersion): number => {
  const [major, minor] = version.split(".").map(Number) as [number, number];
  return major * 100 + minor;
};

/** Requests as every version that has them may send them. */
function requestsOf(version: BoltVersion): Message[] {
  const auth = { scheme: "basic", principal: "neo4j", credentials: "secret" };
  const agent = at(version) >= 503 ? { boltAgent: { product: "fulgur/1.0", languageDetails: "node" } } : {};
  const filter =
    at(version) >= 502
      ? { notificationsMinimumSeverity: "WARNING", notificationsDisabledClassifications: ["HINT", "GENERIC"] }
      : {};
  const transaction = {
    bookmarks: ["b:1"],
    txTimeout: 5000,
    txMetadata: { app: "test", n: 1 },
    mode: "r",
    db: "neo4j",
    impUser: "ada",
    ...filter,
  };
  return [
    {
      type: "HELLO",
      extra: {
        userAgent: "test/1.0",
        ...(at(version) <= 500 ? { auth } : {}),
        ...(at(version) === 404 ? { patchBolt: ["utc"] } : {}),
        routing: { address: "localhost:7687" },
        ...filter,
        ...agent,
      } as never,
    },
    ...(at(version) >= 501 ? [{ type: "LOGON", auth } as const, { type: "LOGOFF" } as const] : []),
    ...(at(version) >= 504 ? [{ type: "TELEMETRY", api: 2 } as const] : []),
    { type: "RUN", query: "RETURN $x", parameters: { x: [1, { y: null }] }, extra: transaction },
    { type: "RUN", query: "RETURN 1", parameters: {}, extra: {} },
    { type: "BEGIN", extra: transaction },
    { type: "PULL", extra: { n: 1000, qid: 3 } },
    { type: "DISCARD", extra: { n: -1 } },
    { type: "COMMIT" },
    { type: "ROLLBACK" },
    { type: "RESET" },
    { type: "ROUTE", routing: { address: "a:1" }, bookmarks: ["b"], extra: { db: null, impUser: "ada" } },
    { type: "GOODBYE" },
  ];
}

describe.each(engines)("messages in the %s engine", (engine) => {
  it.each(boltVersions)("requests of Bolt %s reach the server as they were", (version) => {
    const client = createCodec({ version, engine });
    const decoder = createCodec({ version, engine, role: "server" }).decoder();
    for (const request of requestsOf(version)) {
      expect([...decoder.push(client.encodeMessage(request))]).toStrictEqual([request]);
    }
  });

  it.each(boltVersions)("responses of Bolt %s reach the client as they were", (version) => {
    const server = createCodec({ version, engine, role: "server" });
    const decoder = createCodec({ version, engine }).decoder();
    const responses = [
      { type: "SUCCESS", metadata: { fields: ["a"], t_first: 1 } },
      { type: "FAILURE", metadata: { code: "Neo.ClientError.Statement.SyntaxError", message: "m" } },
      { type: "IGNORED" },
    ] as const;
    for (const response of responses) {
      expect([...decoder.push(server.encodeMessage(response))]).toStrictEqual([response]);
    }
    const [batch] = [...decoder.push(server.encodeMessage({ type: "RECORD", data: [1, "x", [null]] }))];
    expect(batch !== undefined && "rows" in batch && batch.rows()).toStrictEqual([[1, "x", [null]]]);
  });

  it("metadata is read with numbers whatever `integers` says; parameters on the server are not", () => {
    const server = codec({ engine, role: "server", integers: "bigint" });
    const client = codec({ engine, integers: "bigint" });
    const [success] = [...client.decoder().push(server.encodeMessage({ type: "SUCCESS", metadata: { t_first: 1n } }))];
    expect(success).toStrictEqual({ type: "SUCCESS", metadata: { t_first: 1 } });
    const run = client.encodeMessage({ type: "RUN", query: "q", parameters: { n: 1 }, extra: {} });
    expect([...server.decoder().push(run)]).toMatchObject([{ parameters: { n: 1n } }]);
  });
});

describe("what a version lacks", () => {
  it("a request is refused by name", () => {
    const refused = (version: BoltVersion, request: Message) => () => createCodec({ version }).encodeMessage(request);
    expect(refused("5.0", { type: "LOGOFF" })).toThrow(ConfigurationError);
    expect(refused("5.0", { type: "LOGOFF" })).toThrow("LOGOFF needs Bolt 5.1, this connection speaks 5.0");
    expect(refused("5.3", { type: "TELEMETRY", api: 0 })).toThrow("TELEMETRY needs Bolt 5.4");
    expect(refused("5.4", { type: "NONSENSE" } as never)).toThrow('"NONSENSE" is no request');
  });

  it("a notification filter is refused before 5.2, and travels under its two names after", () => {
    const extra = { notificationsDisabledClassifications: ["HINT"] };
    expect(() => codec({ version: "5.1" }).encodeMessage({ type: "BEGIN", extra })).toThrow(
      "notificationsDisabledClassifications needs Bolt 5.2, this connection speaks 5.1",
    );
    const sent = (version: BoltVersion) =>
      Buffer.from(codec({ version }).encodeMessage({ type: "BEGIN", extra })).toString();
    expect(sent("5.4")).toContain("notifications_disabled_categories");
    expect(sent("5.6")).toContain("notifications_disabled_classifications");
  });

  it("other keys of other versions are left out silently", () => {
    const extra = { userAgent: "a/1", boltAgent: { product: "p/1" }, patchBolt: ["utc"] };
    const sent = Buffer.from(codec({ version: "5.0" }).encodeMessage({ type: "HELLO", extra })).toString();
    expect(sent).not.toMatch(/bolt_agent|patch_bolt/);
  });

  it("a key that no version has, or one that must be there, is an error", () => {
    const each = codec({ version: "5.4" });
    expect(() => each.encodeMessage({ type: "BEGIN", extra: { database: "x" } as never })).toThrow(ParameterError);
    expect(() => each.encodeMessage({ type: "BEGIN", extra: { database: "x" } as never })).toThrow(
      /no database in any/,
    );
    expect(() => each.encodeMessage({ type: "PULL", extra: {} as never })).toThrow(/PullExtra needs n/);
    expect(() => each.encodeMessage({ type: "RUN" } as never)).toThrow(/RUN needs query/);
    expect(() => each.encodeMessage({ type: "BEGIN", extra: { txMetadata: { a: Symbol("s") } } })).toThrow(
      expect.objectContaining({ path: "extra.tx_metadata.a", type: "symbol" }),
    );
  });

  it("null means something for a database only: elsewhere it is as if absent", () => {
    const [begin] = [
      ...codec({ role: "server" })
        .decoder()
        .push(codec().encodeMessage({ type: "BEGIN", extra: { db: null, impUser: null as never } })),
    ];
    expect(begin).toStrictEqual({ type: "BEGIN", extra: { db: null } });
  });
});

describe("metadata in API form", () => {
  it("names are camel case, nested maps too", () => {
    const raw = {
      server: "Neo4j/1",
      connection_id: "bolt-1",
      hints: { "connection.recv_timeout_seconds": 120, other: 1 },
    };
    expect(codec({ version: "5.8" }).readMetadata("HelloSuccess", raw)).toStrictEqual({
      server: "Neo4j/1",
      connectionId: "bolt-1",
      hints: { connectionRecvTimeoutSeconds: 120, telemetryEnabled: false, ssrEnabled: false },
    });
    expect(codec({ version: "4.4" }).readMetadata("HelloSuccess", raw).hints?.telemetryEnabled).toBe(false);
  });

  it("a failure before 5.7 is completed (ERR-01)", () => {
    const raw = { code: "Neo.ClientError.Statement.SyntaxError", message: "bad" };
    expect(codec({ version: "5.6" }).readMetadata("FailureMetadata", raw)).toStrictEqual({
      code: "Neo.ClientError.Statement.SyntaxError",
      message: "bad",
      gqlStatus: "50N42",
      description: "error: general processing exception - unexpected error. bad",
      diagnosticRecord: { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" },
    });
  });

  it("a failure from 5.7 on has its causes, each completed", () => {
    const cause = { message: "why", gql_status: "22012", description: "d", cause: { message: "deeper" } };
    const raw = {
      neo4j_code: "Neo.X",
      message: "m",
      gql_status: "42001",
      description: "d",
      diagnostic_record: { a: 1 },
      cause,
    };
    const read = codec({ version: "5.7" }).readMetadata("FailureMetadata", raw);
    expect(read).toMatchObject({ code: "Neo.X", gqlStatus: "42001", diagnosticRecord: { a: 1, OPERATION_CODE: "0" } });
    expect(read.cause).toMatchObject({ gqlStatus: "22012", cause: { message: "deeper", gqlStatus: "50N42" } });
  });

  it("counters that are absent are zero, and containsUpdates follows from them", () => {
    const stats = (raw: object) => codec().readMetadata("PullSuccess", { stats: raw }).stats;
    expect(stats({ "nodes-created": 2 })).toMatchObject({ nodesCreated: 2, nodesDeleted: 0, containsUpdates: true });
    expect(stats({ "system-updates": 1 })).toMatchObject({ containsUpdates: false, containsSystemUpdates: true });
    expect(stats({ "labels-added": 1, "contains-updates": false })).toMatchObject({ containsUpdates: false });
  });

  it("what is missing though it must be there is a PackStreamError; what is of the wrong type counts as absent", () => {
    expect(() => codec().readMetadata("RouteSuccess", {})).toThrow(PackStreamError);
    expect(codec().readMetadata("RunSuccess", {})).toStrictEqual({ fields: [] });
    expect(codec().readMetadata("RunSuccess", { fields: ["a"], t_first: "x", db: null })).toStrictEqual({
      fields: ["a"],
    });
  });

  it("is written as it is read", () => {
    const server = codec({ version: "5.8", role: "server" });
    const rt = { ttl: 300, servers: [{ role: "READ", addresses: ["a:1"] }], db: "neo4j" };
    const raw = server.writeMetadata("RouteSuccess", { rt });
    expect(raw).toStrictEqual({ rt });
    expect(codec({ version: "5.8" }).readMetadata("RouteSuccess", raw)).toStrictEqual({ rt });
    expect(server.writeMetadata("RunSuccess", { fields: [], tFirst: 3 })).toStrictEqual({ fields: [], t_first: 3 });
  });
});

describe("options that don't exist", () => {
  it.each([
    [{ version: "5.5" }, /Bolt 5\.5 is not known; known are 4\.4, 5\.0/],
    [{ version: "6.1", integers: "lossy" }, /integers has to be/],
    [{ version: "6.1", temporal: "Temporal" }, /temporal has to be "native"/],
    [{ version: "6.1", engine: "native" }, /engine has to be/],
    [{ version: "6.1", role: "router" }, /role has to be/],
    [{ version: "6.1", maxDepth: 0 }, /maxDepth has to be/],
  ])("%j", (options, message) => {
    const error = (() => {
      try {
        return createCodec(options as never);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(message);
  });

  it("a smaller depth is kept both ways", () => {
    const each = codec({ maxDepth: 2 });
    expect(hex(each.encodeValue([[1]]))).toBe("919101");
    expect(() => each.encodeValue([[[1]]])).toThrow(/deeper than 2/);
    expect(() => each.decodeValue(Uint8Array.of(0x91, 0x91, 0x91, 1))).toThrow(/deeper than 2/);
  });
});
