import { AuthConfigurationError, ConfigurationError, DriverError } from "@fulgur/neo4j-core";
import { describe, expect, expectTypeOf, it } from "vitest";
import neo4j, * as fulgur from "../src/index.ts";
import { auth, type Config, driver } from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const uri = "bolt://localhost:7687";

describe("making a driver", () => {
  it.each([
    "foo://localhost",
    "localhost:7687",
    "",
    "http://localhost",
    "bolt://localhost:99999",
    "bolt://localhost:x",
    "bolt://ann:secret@localhost",
    "bolt://localhost/path",
    "bolt://localhost?policy=x",
  ])("refuses the URI %j at once, without repeating a password (CONN-02, CONN-13, ERR-36)", (bad) => {
    expect(() => driver(bad)).toThrow(ConfigurationError);
    expect(() => driver(bad)).not.toThrow(/secret/);
  });

  it.each([
    ["bolt", false],
    ["bolt+s", true],
    ["bolt+ssc", true],
    ["neo4j", false],
    ["neo4j+s", true],
    ["neo4j+ssc", true],
  ])("knows by the scheme %s that encryption is %s (CONN-01, DRV-08)", (scheme, encrypted) => {
    expect(driver(`${scheme}://localhost`).encrypted).toBe(encrypted);
    expect(driver(new URL(`${scheme}://localhost`)).encrypted).toBe(encrypted);
  });

  it("encrypts with a plain scheme when asked to", () => {
    expect(driver(uri, auth.none(), { encrypted: true }).encrypted).toBe(true);
  });

  it.each([{ foo: 1 }, "basic", 7, { scheme: "" }])("refuses %j as an auth token (ERR-32)", (token) => {
    expect(() => driver(uri, token as never)).toThrow(AuthConfigurationError);
  });

  it.each([
    ["maxConectionPoolSize", "maxConnectionPoolSize"],
    ["max_connection_pool_size", "maxConnectionPoolSize"],
    ["connectionTimeoutMs", "connectionTimeout"],
    ["fetchsize", "fetchSize"],
    ["connectionAquisitionTimeout", "connectionAcquisitionTimeout"],
    ["maxRetryTime", "maxTransactionRetryTime"],
    ["disableLosslessIntegers", "integers"],
    ["useBigInt", "integers"],
    ["trust", "trustedCertificates"],
    ["livenessCheckTimeout", "connectionLivenessCheckTimeout"],
  ])("refuses the option %s and names %s (DRV-02, DRV-27)", (option, right) => {
    const make = () => driver(uri, auth.none(), { [option]: 1 } as Config);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(new RegExp(`${option}.*${right}`));
  });

  it("lists the options where none is near", () => {
    expect(() => driver(uri, auth.none(), { zzz: 1 } as Config)).toThrow(/zzz. Its options are .*fetchSize/);
  });

  it.each([
    { maxConnectionPoolSize: 0 },
    { maxConnectionPoolSize: "5" },
    { connectionTimeout: "30" },
    { connectionTimeout: Number.NaN },
    { connectionAcquisitionTimeout: -1 },
    { connectionLivenessCheckTimeout: -1 },
    { maxTransactionRetryTime: -1 },
    { fetchSize: 0 },
    { fetchSize: 1.5 },
    { encrypted: "yes" },
    { trustedCertificates: [1] },
    { userAgent: "" },
    { notificationFilter: { minimumSeverityLevel: "warning" } },
    { notificationFilter: { disabledCategories: [] } },
    { integers: "lossless" },
    { engine: "fast" },
    { temporal: "temporal" },
    { floatLists: "vector" },
    { codeGeneration: "yes" },
    { detachStrings: 1 },
    { telemetryDisabled: 1 },
  ])("refuses %j, naming the option (DRV-18, DRV-23, DRV-43)", (config) => {
    const make = () => driver(uri, auth.none(), config as never);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(Object.keys(config)[0]);
  });

  it("takes undefined and null as the default (DRV-44)", () => {
    const keys = ["maxConnectionPoolSize", "connectionTimeout", "maxConnectionLifetime", "fetchSize", "encrypted"];
    const more = ["userAgent", "notificationFilter", "integers", "engine", "temporal", "telemetryDisabled"];
    more.push("floatLists", "codeGeneration", "detachStrings");
    for (const nothing of [undefined, null]) {
      const config = Object.fromEntries([...keys, ...more].map((key) => [key, nothing]));
      expect(driver(uri, auth.none(), config as Config).encrypted).toBe(false);
    }
  });

  it("keeps nothing of the object that it was given (DRV-39)", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { rows: numbers(5) });
    const config = { fetchSize: 2 };
    const { driver } = driverOf(server, config);
    config.fetchSize = 4;
    for await (const record of driver.session().run("Q")) expect(record.length).toBe(1);
    expect(server.of("PULL").map(({ extra }) => extra.n)).toEqual([2, 2, 2]);
  });

  it("opens nothing (CONN-23)", () => {
    const server = new ScriptedServer();
    driverOf(server).driver.session();
    expect(server.connections).toEqual([]);
  });
});

describe("a session's options", () => {
  it.each([
    [{ databse: "x" }, /databse \(did you mean database\?\)/],
    [{ access_mode: "READ" }, /defaultAccessMode/],
    [{ defaultAccessMode: "RW" }, /"READ" or "WRITE"/],
    [{ bookmarks: ["b1"] }, /Bookmarks.fromRawValues/],
    [{ fetchSize: 0 }, /fetchSize/],
    [{ fetchSize: -2 }, /fetchSize/],
    [{ database: "" }, /database/],
    [{ impersonatedUser: 7 }, /impersonatedUser/],
    [{ bookmarkManager: {} }, /bookmarkManager/],
  ])("%j is refused (DRV-02, SES-11, SES-17, SES-19)", (config, message) => {
    const db = driver(uri);
    expect(() => db.session(config as never)).toThrow(ConfigurationError);
    expect(() => db.session(config as never)).toThrow(message);
  });
});

describe("a driver", () => {
  it("says who answered, by a connection that was tried (DRV-11, DRV-12)", async () => {
    const server = new ScriptedServer("5.4");
    const { driver } = driverOf(server);
    const info = await driver.getServerInfo();
    expect(info).toMatchObject({ address: "server:7687", agent: "Neo4j/5.4", protocolVersion: { major: 5, minor: 4 } });
    expect(`${info.protocolVersion}`).toBe("5.4");
    expect(await driver.verifyConnectivity()).toBeUndefined();
    expect(server.talk).toEqual(["RESET"]);
  });

  it("says whether the server accepts somebody (DRV-14)", async () => {
    const server = new ScriptedServer("5.4");
    server.intercept = (request, peer) => {
      const wrong = request.type === "LOGON" && request.auth.credentials === "wrong";
      if (wrong) peer.fail({ code: "Neo.ClientError.Security.Unauthorized" });
      return wrong;
    };
    const { driver } = driverOf(server);
    expect(await driver.verifyAuthentication()).toBe(true);
    expect(await driver.verifyAuthentication({ auth: auth.basic("ann", "right") })).toBe(true);
    expect(await driver.verifyAuthentication({ auth: auth.basic("ann", "wrong") })).toBe(false);
  });

  it.each([
    ["5.0", false],
    ["5.1", true],
    ["6.1", true],
  ] as const)("with Bolt %s can change a connection's user: %s (DRV-15)", async (version, can) => {
    const { driver } = driverOf(new ScriptedServer(version));
    expect(await driver.supportsSessionAuth()).toBe(can);
    expect(await driver.supportsMultiDb()).toBe(true);
  });

  it("closes once, says goodbye, and refuses everything afterwards (DRV-03, DRV-04, DRV-05, DRV-06)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server);
    await driver.executeQuery("Q");
    expect(driver.closed).toBe(false);
    await driver.close();
    await driver.close();
    expect(driver.closed).toBe(true);
    expect(server.of("GOODBYE")).toHaveLength(1);
    expect(server.connections.every(({ isEnded }) => isEnded)).toBe(true);
    expect(() => driver.session()).toThrow(DriverError);
    for (const use of ["executeQuery", "verifyConnectivity", "verifyAuthentication", "getServerInfo"] as const) {
      await expect(driver[use]("Q" as never)).rejects.toBeInstanceOf(DriverError);
    }
    await expect(driver.verifyAuthentication({ auth: auth.none() })).rejects.toBeInstanceOf(DriverError);
    await expect(driver.supportsMultiDb()).rejects.toBeInstanceOf(DriverError);
    await expect(driver.supportsSessionAuth()).rejects.toBeInstanceOf(DriverError);
  });

  it("fails what still runs when it is closed, and hangs nowhere (DRV-04)", async () => {
    const server = new ScriptedServer();
    server.intercept = (request) => request.type === "PULL";
    const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
    const running = driver.session().run("Q");
    const waiting = driver.session().run("Q");
    await running.keys();
    const outcomes = Promise.allSettled([running.toEagerResult(), waiting.toEagerResult()]);
    await driver.close();
    for (const { status } of await outcomes) expect(status).toBe("rejected");
  });
});

describe("the package", () => {
  it("has npm's names, by name and in the default export", () => {
    for (const name of [
      "driver",
      "auth",
      "int",
      "isNode",
      "isDate",
      "bookmarkManager",
      "resultTransformers",
    ] as const) {
      expect(neo4j[name]).toBe(fulgur[name]);
    }
    expect([neo4j.session.READ, neo4j.session.WRITE]).toEqual(["READ", "WRITE"]);
    expect([neo4j.routing.READ, neo4j.routing.WRITE]).toEqual(["READ", "WRITE"]);
    expect(fulgur.notificationFilterDisabledClassification).not.toHaveProperty("UNKNOWN");
  });

  it("types rows by one parameter", () => {
    const db = driver(uri);
    interface Person {
      name: string;
      age: number;
    }
    type Read = Awaited<ReturnType<typeof db.executeQuery<Person>>>;
    expectTypeOf<Read["records"][number]>().toEqualTypeOf<fulgur.Record<Person>>();
    const check = (record: fulgur.Record<Person>) => {
      expectTypeOf(record.get("name")).toEqualTypeOf<string>();
      expectTypeOf(record.get("age", null)).toEqualTypeOf<number | null>();
      expectTypeOf(record.toObject()).toEqualTypeOf<Person>();
    };
    expect(check).toBeTypeOf("function");
    const destructure = ([records, summary, keys]: Read) => {
      expectTypeOf(records).toEqualTypeOf<fulgur.Record<Person>[]>();
      expectTypeOf(summary).toEqualTypeOf<fulgur.ResultSummary>();
      expectTypeOf(keys).toEqualTypeOf<readonly string[]>();
    };
    expect(destructure).toBeTypeOf("function");
  });
});
