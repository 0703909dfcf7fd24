import { boltVersions } from "@fulgur/neo4j-codec";
import { ConfigurationError, ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it, vi } from "vitest";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { AuthError, ClientError } from "../src/errors/server-errors.ts";
import { TransactionError } from "../src/errors/usage-errors.ts";
import { failureOf, HandClock, open, Peer, type Script } from "./memory-peer.ts";

/** A fetch of 2 that leaves more. */
const twoOfMany = (_: unknown, peer: Peer) => {
  peer.records([1], [2]);
  peer.success({ has_more: true });
};

const number = (version: string) => version.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

describe.each(boltVersions)("opening with Bolt %s", (version) => {
  const hasLogon = number(version) >= number("5.1");

  it("is HELLO, and LOGON in the same write where there is one", async () => {
    const { connection, peer } = await open(version);
    expect(peer.flights).toEqual([hasLogon ? ["HELLO", "LOGON"] : ["HELLO"]]);
    const token = { scheme: "basic", principal: "neo4j", credentials: "secret-7" };
    const [hello, logon] = peer.requests;
    expect(hello).toMatchObject({ extra: { userAgent: expect.stringMatching(/^neo4j-fulgur\/\d/) } });
    expect("routing" in (hello as { extra: object }).extra).toBe(false);
    if (hasLogon) expect(logon).toEqual({ type: "LOGON", auth: token });
    else expect(hello).toMatchObject({ extra: { auth: token } });
    expect("boltAgent" in (hello as { extra: object }).extra).toBe(number(version) >= number("5.3"));
    expect(connection).toMatchObject({ version, state: "READY", isOpen: true, isIdle: true, id: "bolt-1" });
    expect(connection.server).toMatchObject({
      address: "peer:7687",
      connectionId: connection.id,
      agent: `Neo4j/${version}`,
      protocolVersion: version,
    });
  });

  it("with wrong credentials is an AuthError without them, and closes", async () => {
    const refuse = (_: unknown, peer: Peer) => peer.failure("Neo.ClientError.Security.Unauthorized", "wrong");
    const error = await failureOf(open(version, hasLogon ? { LOGON: refuse } : { HELLO: refuse }));
    expect(error).toBeInstanceOf(AuthError);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("secret-7");
    expect(error.stack).toContain("connection.test.ts");
  });

  it("asks for a notification filter, or refuses it where it isn't known (DRV)", async () => {
    const notificationFilter = { minimumSeverityLevel: "WARNING", disabledClassifications: ["HINT"] } as const;
    const opened = open(version, {}, { notificationFilter });
    if (number(version) < number("5.2")) {
      expect(await failureOf(opened)).toBeInstanceOf(ConfigurationError);
    } else {
      const { peer } = await opened;
      expect(peer.requests[0]).toMatchObject({
        extra: { notificationsMinimumSeverity: "WARNING", notificationsDisabledClassifications: ["HINT"] },
      });
    }
  });

  it("runs a query, in a transaction and alone", async () => {
    const { connection, peer } = await open(version, {
      PULL: (_, peer) => {
        peer.records([1], [2]);
        peer.success({ type: "r", t_last: 3 });
      },
    });
    const alone = connection.run("RETURN 1");
    const rows = [];
    for await (const row of alone) rows.push(row);
    expect(rows).toEqual([[1], [2]]);
    expect(await alone.summary()).toMatchObject({ fields: ["n"], type: "r", tLast: 3 });
    expect(connection.state).toBe("READY");
    connection.begin({ mode: "r" });
    const inside = connection.run("RETURN 1");
    const committed = connection.commit();
    expect(await inside.keys()).toEqual(["n"]);
    await committed;
    expect(connection.state).toBe("READY");
    expect(peer.flights.slice(1)).toEqual([
      ["RUN", "PULL"],
      ["BEGIN", "RUN", "PULL", "COMMIT"],
    ]);
  });

  it("knows which requests the version has", async () => {
    const hints = { "telemetry.enabled": true };
    const hello: Script["HELLO"] = (_, peer) => peer.success({ server: "Neo4j/x", connection_id: "c", hints });
    const { connection, peer } = await open(version, { HELLO: hello });
    await connection.telemetry(2);
    expect(peer.requests.some(({ type }) => type === "TELEMETRY")).toBe(number(version) >= number("5.4"));
    if (hasLogon) {
      connection.logoff();
      await connection.logon({ scheme: "none" });
      expect(peer.flights.at(-1)).toEqual(["LOGOFF", "LOGON"]);
    } else {
      expect(await failureOf(connection.logoff())).toBeInstanceOf(ConfigurationError);
      expect(await failureOf(connection.logon({ scheme: "none" }))).toBeInstanceOf(ConfigurationError);
    }
  });
});

describe("opening", () => {
  it("tells a routing server the address and the context (CONN-10)", async () => {
    const { peer } = await open("5.4", {}, { uri: "neo4j://peer:99?policy=eu" });
    expect(peer.requests[0]).toMatchObject({ extra: { routing: { address: "peer:99", policy: "eu" } } });
    const second = await open("5.4", {}, { uri: "neo4j://peer:99", routingContext: { address: "first:1" } });
    expect(second.peer.requests[0]).toMatchObject({ extra: { routing: { address: "first:1" } } });
  });

  it("switches to UTC date-times when a 4.4 server accepts the patch", async () => {
    const hello: Script["HELLO"] = (request, peer) => {
      expect(request.extra.patchBolt).toEqual(["utc"]);
      peer.success({ server: "Neo4j/4.4", connection_id: "c", patch_bolt: ["utc", "other"] });
    };
    const { connection } = await open("4.4", { HELLO: hello });
    expect([...connection.codec.profile.patches]).toEqual(["utc"]);
    const plain = await open("4.4");
    expect([...plain.connection.codec.profile.patches]).toEqual([]);
  });

  it("gives the hints and the advertised address", async () => {
    const { connection } = await open("5.8", {
      HELLO: (_, peer) =>
        peer.success({ server: "Neo4j/x", connection_id: "c", hints: { "ssr.enabled": true, foo: 1 } }),
      LOGON: (_, peer) => peer.success({ advertised_address: "a:1" }),
    });
    expect(connection.hints).toMatchObject({ ssrEnabled: true, telemetryEnabled: false });
    expect(connection.server.advertisedAddress).toBe("a:1");
  });

  it.each(["HELLO", "LOGON"] as const)("fails at once when the server closes instead of answering %s", async (name) => {
    const error = await failureOf(open("5.4", { [name]: (_: unknown, peer: Peer) => peer.drop() }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/peer:7687.*closed/);
  });

  it("has a time-out of its own for handshake and login (CONN-42)", async () => {
    const clock = new HandClock();
    const opened = open("5.4", { LOGON: () => {} }, { clock, connectionTimeout: 1, loginTimeout: 500 });
    const failed = failureOf(opened);
    for (let i = 0; i < 20; i++) await Promise.resolve();
    clock.advance(499);
    expect(clock.timers).toBe(1);
    clock.advance(1);
    const error = await failed;
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/500 ms/);
    expect(clock.timers).toBe(0);
  });

  it("leaves no timer behind", async () => {
    const clock = new HandClock();
    await open("5.4", {}, { clock });
    expect(clock.timers).toBe(0);
  });

  it("can be cancelled, before and in between", async () => {
    const reason = new Error("enough");
    expect(await failureOf(open("5.4", {}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const controller = new AbortController();
    const error = failureOf(open("5.4", { HELLO: () => controller.abort(reason) }, { signal: controller.signal }));
    expect(await error).toBe(reason);
  });

  it.each([
    [{ boltVersions: [] }, "boltVersions"],
    [{ boltVersions: ["5.5"] }, "boltVersions"],
    [{ connectionTimeout: -1 }, "connectionTimeout"],
    [{ loginTimeout: -1 }, "loginTimeout"],
    [{ uri: "bolt+s://h", encrypted: true }, "encrypted"],
    [{ uri: "neo4j+ssc://h", trustedCertificates: "TRUST_ALL_CERTIFICATES" }, "trustedCertificates"],
    [{ uri: "bolt+s://h", tls: {} }, "tls"],
    [{ encrypted: true, trustedCertificates: [] }, "trustedCertificates"],
    [{ encrypted: true, clientCertificate: { keyfile: "key.pem" } }, "clientCertificate"],
    [{ tls: 1 }, "tls"],
  ])("refuses the options %j by name (TLS-13)", async (options, option) => {
    expect(await failureOf(open("5.4", {}, options as object))).toMatchObject({ name: "ConfigurationError", option });
  });

  it("encrypts as scheme and options say", async () => {
    const seen: unknown[] = [];
    const openTransport = async (target: { tls?: unknown }) => {
      seen.push(target.tls);
      return new Peer("5.4");
    };
    for (const [uri, options] of [
      ["bolt://h", {}],
      ["bolt+s://h", {}],
      ["bolt+ssc://h", {}],
      ["neo4j://h", { encrypted: true, serverName: "other" }],
      ["neo4j://h", { encrypted: true, trustedCertificates: "TRUST_ALL_CERTIFICATES" }],
      ["bolt://h", { encrypted: true, trustedCertificates: ["pem"] }],
    ] as const) {
      await open("5.4", {}, { uri, openTransport: openTransport as never, ...options });
    }
    expect(seen).toEqual([
      undefined,
      { trustAll: false, serverName: "h" },
      { trustAll: true, serverName: "h" },
      { trustAll: false, serverName: "other" },
      { trustAll: true, serverName: "h" },
      { trustAll: false, serverName: "h", authorities: ["pem"] },
    ]);
  });
});

describe("requests", () => {
  it("of one tick leave in one write", async () => {
    const { connection, peer } = await open("5.4");
    const before = peer.writes.length;
    connection.begin();
    connection.run("RETURN 1");
    connection.run("RETURN 2");
    await connection.commit();
    expect(peer.writes.length).toBe(before + 1);
    expect(peer.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL", "RUN", "PULL", "COMMIT"]);
  });

  it("carry what they were given", async () => {
    const { connection, peer } = await open("5.4");
    await connection.run("RETURN $x", { x: [1, { a: null }] }, { txTimeout: 5, db: "other", mode: "r" }).summary();
    expect(peer.requests.at(-2)).toEqual({
      type: "RUN",
      query: "RETURN $x",
      parameters: { x: [1, { a: null }] },
      extra: { txTimeout: 5, db: "other", mode: "r" },
    });
    expect(peer.requests.at(-1)).toMatchObject({ type: "PULL", extra: { n: 1000 } });
  });

  it("that are large are written where the ones before them were, once those are gone", async () => {
    const { connection, peer } = await open("5.4");
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(100_000));
    for (const text of texts) await connection.run("RETURN $text", { text }).summary();
    const runs = peer.requests.filter(({ type }) => type === "RUN");
    expect(runs).toMatchObject(texts.map((text) => ({ parameters: { text } })));
    expect(new Set(peer.memory.filter(({ byteLength }) => byteLength > 100_000)).size).toBe(1);
  });

  it("with a parameter that can't be sent send nothing, and leave the connection usable", async () => {
    const { connection, peer } = await open("5.4");
    const flights = peer.flights.length;
    const error = await failureOf(connection.run("RETURN $f", { f: { g: [() => "secret-6"] } }).summary());
    expect(error).toBeInstanceOf(ParameterError);
    expect(error.message).not.toContain("secret-6");
    expect(error.stack).toContain("connection.test.ts");
    expect(peer.flights.length).toBe(flights);
    expect(await connection.run("RETURN 1").keys()).toEqual(["n"]);
  });

  it("gives bookmark and database of a commit and a begin", async () => {
    const { connection } = await open("5.8", {
      BEGIN: (_, peer) => peer.success({ db: "home" }),
      COMMIT: (_, peer) => peer.success({ bookmark: "b1" }),
    });
    expect(await connection.begin()).toEqual({ db: "home" });
    expect(await connection.commit()).toEqual({ bookmark: "b1" });
  });

  it("asks for a routing table", async () => {
    const rt = { ttl: 300, servers: [{ role: "READ", addresses: ["a:1"] }], db: "neo4j" };
    const { connection, peer } = await open("5.4", { ROUTE: (_, peer) => peer.success({ rt }) });
    expect(await connection.route({ address: "a:1" }, ["b"], { db: "neo4j" })).toEqual(rt);
    expect(peer.requests.at(-1)).toEqual({
      type: "ROUTE",
      routing: { address: "a:1" },
      bookmarks: ["b"],
      extra: { db: "neo4j" },
    });
  });

  it("don't send TELEMETRY when it is disabled, or not wanted", async () => {
    const hello: Script["HELLO"] = (_, peer) =>
      peer.success({ server: "Neo4j/x", connection_id: "c", hints: { "telemetry.enabled": true } });
    const disabled = await open("5.4", { HELLO: hello }, { telemetryDisabled: true });
    const unwanted = await open("5.4");
    for (const { connection, peer } of [disabled, unwanted]) {
      await connection.telemetry(1);
      expect(peer.requests.map(({ type }) => type)).toEqual(["HELLO", "LOGON"]);
    }
  });

  it("that make no sense in the present state are refused here", async () => {
    const { connection, peer } = await open("5.4", { PULL: twoOfMany }, { fetchSize: 2 });
    expect(await failureOf(connection.commit())).toBeInstanceOf(TransactionError);
    expect(await failureOf(connection.rollback())).toBeInstanceOf(TransactionError);
    const stream = connection.run("RETURN 1");
    await stream.keys();
    const error = await failureOf(connection.run("RETURN 2").keys());
    expect(error.message).toMatch(/RUN isn't possible.*STREAMING.*discard/);
    expect(await failureOf(connection.begin())).toMatchObject({ name: "DriverError" });
    expect(peer.requests.filter(({ type }) => type === "RUN")).toHaveLength(1);
  });
});

describe("after a FAILURE", () => {
  const failing: Script = {
    RUN: (request, peer) => {
      if (request.query === "bad") peer.failure("Neo.ClientError.Statement.SyntaxError", "no (line 1, column 2)");
      else peer.success({ fields: ["n"] });
    },
    PULL: (_, peer) => (isFailed(peer) ? peer.ignored() : peer.success()),
    COMMIT: (_, peer) => (isFailed(peer) ? peer.ignored() : peer.success({ bookmark: "b" })),
    RESET: (_, peer) => peer.success(),
  };
  const isFailed = ({ requests }: Peer) => {
    const last = requests.findLast(({ type }) => type === "RUN" || type === "RESET");
    return last?.type === "RUN" && last.query === "bad";
  };

  it("what was sent behind it fails with the same error, and the next request resets first", async () => {
    const { connection, peer } = await open("5.4", failing);
    const stream = connection.run("bad");
    const error = await failureOf(stream.keys());
    expect(error).toBeInstanceOf(ClientError);
    expect(error.message).toContain("\nbad\n ^");
    expect(error.stack).toContain("connection.test.ts");
    expect(await failureOf(stream.summary())).toBe(error);
    expect(await failureOf(stream.next())).toBe(error);
    expect(connection.state).toBe("FAILED");
    expect(connection.isOpen).toBe(true);
    expect(await connection.run("good").keys()).toEqual(["n"]);
    expect(peer.flights.slice(1)).toEqual([
      ["RUN", "PULL"],
      ["RESET", "RUN", "PULL"],
    ]);
    expect(connection.isIdle).toBe(true);
  });

  it("in a transaction nothing runs outside it by mistake", async () => {
    const { connection, peer } = await open("5.4", failing);
    connection.begin();
    const failed = connection.run("bad");
    const committed = connection.commit();
    const error = await failureOf(failed.summary());
    expect(await failureOf(committed)).toBe(error);
    const late = await failureOf(connection.run("good").summary());
    expect(late).toBeInstanceOf(TransactionError);
    expect(late.cause).toBe(error);
    expect(await failureOf(connection.commit())).toBeInstanceOf(TransactionError);
    expect(peer.requests.filter(({ type }) => type === "RUN")).toHaveLength(1);
    await connection.rollback();
    expect(peer.flights.at(-1)).toEqual(["RESET"]);
    expect(connection.state).toBe("READY");
    expect(await connection.run("good").keys()).toEqual(["n"]);
  });

  it("of a BEGIN that nobody waited for nothing runs outside, either", async () => {
    const { connection } = await open("5.4", { BEGIN: (_, peer) => peer.failure("Neo.ClientError.General.Foo") });
    await failureOf(connection.begin());
    expect(await failureOf(connection.run("CREATE ()").summary())).toBeInstanceOf(TransactionError);
    await connection.reset();
    expect(connection.state).toBe("READY");
  });

  it("to RESET itself the connection is given up", async () => {
    const closed = vi.fn();
    const { connection } = await open(
      "5.4",
      { RESET: (_, peer) => peer.failure("Neo.ClientError.General.Foo") },
      { onClose: closed },
    );
    await failureOf(connection.reset());
    expect(connection.isOpen).toBe(false);
    expect(closed).toHaveBeenCalledOnce();
  });

  it("to LOGON the connection is given up", async () => {
    let logons = 0;
    const { connection } = await open("5.4", {
      LOGON: (_, peer) => (logons++ === 0 ? peer.success() : peer.failure("Neo.ClientError.Security.Unauthorized")),
    });
    connection.logoff();
    expect(await failureOf(connection.logon({ scheme: "none" }))).toBeInstanceOf(AuthError);
    expect(connection.isOpen).toBe(false);
  });

  it("that nobody looks at there is no unhandled rejection", async () => {
    const seen: unknown[] = [];
    const listen = (reason: unknown) => seen.push(reason);
    process.on("unhandledRejection", listen);
    const { connection } = await open("5.4", failing);
    connection.run("bad");
    connection.begin();
    await new Promise((resolve) => setImmediate(resolve));
    connection.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listen);
    expect(seen).toEqual([]);
  });
});

describe("RESET", () => {
  it("asked for twice in a row is sent once", async () => {
    const { connection, peer } = await open("5.4");
    await Promise.all([connection.reset(), connection.reset()]);
    expect(peer.flights.at(-1)).toEqual(["RESET"]);
    await connection.reset();
    expect(peer.requests.filter(({ type }) => type === "RESET")).toHaveLength(2);
  });

  it("cancels a query, and the connection stays usable (ASY)", async () => {
    const { connection, peer } = await open("5.4", {
      RUN: (request, peer) => {
        if (request.query !== "slow") peer.success({ fields: ["n"] });
      },
      PULL: (_, peer) => {
        if (peer.requests.some(({ type }) => type === "RESET")) peer.success();
      },
      RESET: (_, peer) => {
        peer.failure("Neo.ClientError.Transaction.Terminated");
        peer.ignored();
        peer.success();
      },
    });
    const controller = new AbortController();
    const stream = connection.run("slow", {}, {}, { signal: controller.signal });
    await Promise.resolve();
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await failureOf(stream.next())).toBe(reason);
    expect(await failureOf(stream.summary())).toBe(reason);
    expect(await connection.run("quick").summary()).toMatchObject({ fields: ["n"] });
    expect(peer.flights.slice(1)).toEqual([["RUN", "PULL"], ["RESET"], ["RUN", "PULL"]]);
  });

  it("before a query is sent sends nothing", async () => {
    const { connection, peer } = await open("5.4");
    const stream = connection.run("x", {}, {}, { signal: AbortSignal.abort(new Error("enough")) });
    expect(await failureOf(stream.keys())).toMatchObject({ message: "enough" });
    expect(peer.requests.map(({ type }) => type)).toEqual(["HELLO", "LOGON"]);
    expect(connection.isIdle).toBe(true);
  });

  it("of a cancelled query in a transaction ends the transaction", async () => {
    const { connection } = await open("5.4", { PULL: twoOfMany }, { fetchSize: 2 });
    const controller = new AbortController();
    await connection.begin();
    const stream = connection.run("x", {}, {}, { signal: controller.signal });
    await stream.keys();
    controller.abort(new Error("enough"));
    expect(await failureOf(connection.run("y").keys())).toBeInstanceOf(TransactionError);
    await connection.rollback();
    expect(connection.state).toBe("READY");
  });

  it("is not sent for a signal that is late", async () => {
    const { connection, peer } = await open("5.4");
    const controller = new AbortController();
    await connection.run("x", {}, {}, { signal: controller.signal }).summary();
    controller.abort();
    await Promise.resolve();
    expect(peer.flights.at(-1)).toEqual(["RUN", "PULL"]);
  });
});
