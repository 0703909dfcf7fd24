import { AuthConfigurationError, ConfigurationError } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { checkConfig, driverOptions } from "../src/config.ts";
import { auth, type Config, driver } from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const uri = "bolt://localhost:7687";

/** The error that a configuration meets. */
function refused(config: unknown): ConfigurationError {
  try {
    driver(uri, auth.none(), config as Config);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  }
  throw new Error("It was expected to be refused, and it was not.");
}

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
  ])("refuses the URI %j at once, without repeating a password (DRV-01, CONN-02, CONN-13)", (bad) => {
    expect(() => driver(bad)).toThrow(ConfigurationError);
    expect(() => driver(bad)).not.toThrow(/secret/);
  });

  it("names the neo4j schemes where it is given bolt+routing (OLD-01)", () => {
    expect(() => driver("bolt+routing://localhost")).toThrow(ConfigurationError);
    expect(() => driver("bolt+routing://localhost")).toThrow(/neo4j/);
  });

  it.each([
    ["bolt", false],
    ["bolt+s", true],
    ["bolt+ssc", true],
    ["neo4j", false],
    ["neo4j+s", true],
    ["neo4j+ssc", true],
  ])("knows by the scheme %s that encryption is %s (CONN-01, DRV-08, OLD-05)", (scheme, encrypted) => {
    expect(driver(`${scheme}://localhost`).encrypted).toBe(encrypted);
    expect(driver(new URL(`${scheme}://localhost`)).encrypted).toBe(encrypted);
  });

  it("encrypts with a plain scheme when asked to (DRV-08, DRV-20)", () => {
    for (const scheme of ["bolt", "neo4j"]) {
      expect(driver(`${scheme}://localhost`, auth.none(), { encrypted: true }).encrypted).toBe(true);
    }
  });

  it("says where the options belong when they stand in the place of the token (DRV-01)", () => {
    const make = () => driver(uri, { fetchSize: 5 } as never);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(/fetchSize.*driver\(uri, null, config\)/);
  });

  it.each([{ foo: 1 }, "basic", 7, { scheme: "" }])("refuses %j as an auth token (ERR-32)", (token) => {
    expect(() => driver(uri, token as never)).toThrow(AuthConfigurationError);
    expect(() => driver(uri, token as never)).toThrow(ConfigurationError);
  });
});

describe("an unknown option", () => {
  it.each([
    ["maxConectionPoolSize", "maxConnectionPoolSize"],
    ["max_connection_pool_size", "maxConnectionPoolSize"],
    ["connectionTimeoutMs", "connectionTimeout"],
    ["fetchsize", "fetchSize"],
    ["connectionAquisitionTimeout", "connectionAcquisitionTimeout"],
    ["keep_alive", "keepAlive"],
    ["user_agent", "userAgent"],
    ["disableLosslessIntegers", "integers"],
    ["useBigInt", "integers"],
    ["livenessCheckTimeout", "connectionLivenessCheckTimeout"],
    ["notificationsMinSeverity", "minimumSeverityLevel"],
    ["notificationsDisabledCategories", "disabledClassifications"],
    ["auth", "second argument"],
  ])("%s is refused, and the error names %s (DRV-02)", (option, right) => {
    const error = refused({ [option]: 1 });
    expect(error.message).toMatch(new RegExp(`${option}.*${right}`));
    expect(error).toMatchObject({ option });
  });

  it.each(["maxRetryTime", "max_retry_time"])("%s leads to maxTransactionRetryTime (DRV-02, OLD-12)", (option) => {
    expect(refused({ [option]: 1 }).message).toContain("`maxTransactionRetryTime`, in milliseconds");
  });

  it.each(["TRUST_ALL_CERTIFICATES", "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"])(
    "trust: %s leads to trustedCertificates (DRV-27, OLD-06, OLD-21)",
    (trust) => {
      expect(refused({ trust }).message).toContain("trustedCertificates");
    },
  );

  it.each(["der_encoded_server_certificate", "derEncodedServerCertificate"])(
    "%s leads to trustedCertificates, and is not repeated (OLD-07)",
    (option) => {
      const { message } = refused({ [option]: new Uint8Array([48, 130]) });
      expect(message).toContain("`trustedCertificates`");
      expect(message).not.toContain("130");
    },
  );

  it("is refused together with all the others, and the options are listed where none is near (DRV-02)", () => {
    const { message } = refused({ zzz: 1, fetchsize: 2, keepAlive: false });
    expect(message).toMatch(/^Unknown driver options: zzz; fetchsize \(did you mean fetchSize\?\)\. Its options are/);
    for (const option of driverOptions) expect(message).toContain(option);
    expect(message.match(/keepAlive/g)).toHaveLength(1);
  });

  it.each([
    [{ databse: "x" }, /databse \(did you mean database\?\)/],
    [{ access_mode: "READ" }, /defaultAccessMode/],
    [{ accessMode: "READ" }, /`defaultAccessMode: "READ"`/],
    [{ notificationsMinSeverity: "OFF" }, /notificationFilter/],
    [{ telemetryDisabled: true }, /Its options are .*fetchSize/],
  ])("of a session, such as %j, is refused (DRV-02, DRV-10, OLD-04)", (config, message) => {
    const db = driver(uri);
    expect(() => db.session(config as never)).toThrow(ConfigurationError);
    expect(() => db.session(config as never)).toThrow(message);
  });

  it.each([
    [{ routng: "READ" }, /did you mean routing/],
    [{ defaultAccessMode: "READ" }, /`routing: "READ"`/],
    [{ parameters: {} }, /second argument/],
  ])("of executeQuery, such as %j, is refused before anything is opened (DRV-02)", async (config, message) => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server);
    await expect(driver.executeQuery("Q", {}, config as never)).rejects.toThrow(ConfigurationError);
    await expect(driver.executeQuery("Q", {}, config as never)).rejects.toThrow(message);
    expect(server.connections).toEqual([]);
  });

  it.each(["beginTransaction", "executeRead", "run"] as const)(
    "of a transaction is refused by %s (DRV-02)",
    async (use) => {
      const session = driver(uri).session();
      const config = { timout: 5 } as never;
      const begin = async (): Promise<unknown> => {
        if (use === "beginTransaction") return session.beginTransaction(config);
        if (use === "executeRead") return session.executeRead(() => 1, config);
        return session.run("Q", {}, config);
      };
      await expect(begin()).rejects.toThrow(ConfigurationError);
      await expect(begin()).rejects.toThrow(/timout \(did you mean timeout\?\)/);
    },
  );
});

describe("a wrong value", () => {
  it.each<[string, unknown, RegExp]>([
    ["maxConnectionPoolSize", 0, /whole number from 1/],
    ["maxConnectionPoolSize", 1.5, /whole number from 1/],
    ["maxConnectionPoolSize", "5", /whole number from 1/],
    ["fetchSize", 0, /whole number from 1, or -1/],
    ["fetchSize", 1.5, /whole number from 1, or -1/],
    ["encrypted", "yes", /true or false, not string/],
    ["keepAlive", 1, /true or false, not 1/],
    ["telemetryDisabled", 1, /true or false, not 1/],
    ["codeGeneration", "yes", /true or false/],
    ["detachStrings", 1, /true or false/],
    ["disableAutoCommitRetries", 0, /true or false/],
    ["database", "", /isn't empty/],
    ["database", 7, /isn't empty, not 7/],
    ["userAgent", "", /isn't empty/],
    ["userAgent", ["x"], /isn't empty, not an array/],
    ["trustedCertificates", [1], /list of certificate authorities/],
    ["notificationFilter", "OFF", /object with minimumSeverityLevel/],
    ["notificationFilter", { minimumSeverityLevel: "warning" }, /"OFF", "WARNING", "INFORMATION"/],
    ["notificationFilter", { disabledCategories: [] }, /disabledClassifications/],
    ["resolver", "one:1", /must be a function/],
    ["connect", "one:1", /must be a function that is given an address and gives a stream/],
    ["integers", "lossless", /"auto", "bigint", "number"/],
    ["engine", "fast", /"auto", "wasm", "plain"/],
    ["floatLists", "vector", /"array", "typed"/],
    ["temporal", "temporal", /polyfill/],
    ["temporal", "js", /"native", "temporal" or/],
  ])("of %s, such as %j, is refused, and the error says what is allowed (DRV-02)", (option, value, allowed) => {
    const { message } = refused({ [option]: value });
    expect(message).toContain(option);
    expect(message).toMatch(allowed);
  });

  it.each(["text", 5, ["fetchSize"], () => {}])("of the whole configuration, %j, is refused", (config) => {
    expect(refused(config).message).toContain("must be an object");
  });

  const durations = [
    "connectionAcquisitionTimeout",
    "connectionTimeout",
    "loginTimeout",
    "connectionWriteTimeout",
    "connectionLivenessCheckTimeout",
    "maxTransactionRetryTime",
  ] as const;

  it.each(durations)("of %s is one that is no number of milliseconds from 0 (DRV-18, DRV-23, DRV-43)", (option) => {
    for (const wrong of [-1, Number.NaN, "30", true, { seconds: 1.5 }]) {
      const { message } = refused({ [option]: wrong });
      expect(message).toMatch(new RegExp(`${option}.*milliseconds from 0`));
    }
  });

  it.each(durations)("of %s is none of 0, a fraction and Infinity (DRV-43)", (option) => {
    for (const right of [0, 0.5, 1500.25, Number.POSITIVE_INFINITY]) {
      expect(driver(uri, auth.none(), { [option]: right }).closed).toBe(false);
    }
  });
});

describe("the resolved configuration", () => {
  it("has the defaults (DRV-20, DRV-28, OLD-11)", () => {
    const { provider, logging, ...rest } = checkConfig(undefined);
    expect(provider.logging).toBe(logging);
    expect(rest).toEqual({
      database: undefined,
      retry: { maxTransactionRetryTime: 30_000 },
      fetchSize: 1000,
      encrypted: false,
      disableAutoCommitRetries: false,
      debug: false,
      warnings: { severity: "OFF", suppressed: [] },
    });
    expect(provider).toMatchObject({
      maxConnectionPoolSize: 100,
      connectionAcquisitionTimeout: 60_000,
      maxConnectionLifetime: 3_600_000,
      connectionLivenessCheckTimeout: undefined,
    });
    expect(provider.connectOptions).toEqual({
      connectionTimeout: 30_000,
      loginTimeout: 30_000,
      connectionWriteTimeout: 30_000,
      keepAlive: true,
      fetchSize: 1000,
    });
    expect(provider.connectOptions).not.toHaveProperty("trustedCertificates");
  });

  it.each([undefined, null])("is the default for every option that is %s (DRV-44)", (nothing) => {
    const config = Object.fromEntries(driverOptions.map((option) => [option, nothing])) as unknown as Config;
    expect(checkConfig(config)).toEqual(checkConfig(undefined));
    expect(checkConfig(nothing)).toEqual(checkConfig(undefined));
  });

  it("has no limit where a negative one, or one beyond all timers, is given (DRV-22, DRV-24, DRV-43)", () => {
    const { provider } = checkConfig({ maxConnectionPoolSize: -1, maxConnectionLifetime: -5, connectionTimeout: 1e12 });
    expect(provider).toMatchObject({
      maxConnectionPoolSize: Number.POSITIVE_INFINITY,
      maxConnectionLifetime: Number.POSITIVE_INFINITY,
      connectOptions: { connectionTimeout: 0 },
    });
  });
});

describe("the driver's options", () => {
  it("are not followed when they change later (DRV-39)", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { rows: numbers(5) });
    const trustedCertificates = ["a"];
    const config = { fetchSize: 2, maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 50, trustedCertificates };
    const { driver, clock } = driverOf(server, config);
    const checked = checkConfig(config).provider.connectOptions?.trustedCertificates;
    Object.assign(config, { fetchSize: 4, maxConnectionPoolSize: 2, connectionAcquisitionTimeout: 5_000 });
    trustedCertificates.push("b");
    expect(checked).toEqual(["a"]);
    const session = driver.session();
    const tx = await session.beginTransaction();
    for await (const record of tx.run("Q")) expect(record.length).toBe(1);
    expect(server.of("PULL").map(({ extra }) => extra.n)).toEqual([2, 2, 2]);
    const waiting = expect(driver.getServerInfo()).rejects.toThrow(/50 ms/);
    await clock.advance(51);
    await waiting;
    await tx.rollback();
  });

  it("fetchSize and database are those of sessions that say nothing else (DRV-35)", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { rows: numbers(5) });
    const { driver } = driverOf(server, { fetchSize: 2, database: "movies" });
    await driver.session().run("Q");
    await driver.session({ fetchSize: 3, database: "music" }).run("Q");
    expect(server.of("PULL").map(({ extra }) => extra.n)).toEqual([2, 2, 2, 3, 3]);
    expect(server.of("RUN").map(({ extra }) => extra.db)).toEqual(["movies", "music"]);
  });

  it("database is that of executeQuery, too, and of driver.fromEnv() (DRV-35)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server, { database: "movies" });
    await driver.executeQuery("Q");
    await driver.executeQuery("Q", {}, { database: "music" });
    expect(server.of("BEGIN").map(({ extra }) => extra.db)).toEqual(["movies", "music"]);
  });
});
