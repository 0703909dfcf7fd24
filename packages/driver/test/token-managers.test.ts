/** A driver with a manager of tokens, on a clock that the test turns. */
import { ConnectionAcquisitionTimeoutError, DriverError } from "@fulgur/neo4j-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Driver } from "../src/driver.ts";
import { type AuthToken, auth, authTokenManagers, type Config, type DriverAuth, expiringAuth } from "../src/index.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { ScriptedServer } from "./scripted-server.ts";

function driverWith(given: DriverAuth, config: Config = {}, server = new ScriptedServer()) {
  const clock = new FakeClock();
  const { openTransport } = server;
  return { clock, server, driver: new Driver("bolt://server:7687", given, config, { clock, openTransport }) };
}

/** Who logged in, in their order. */
function logins(server: ScriptedServer): unknown[] {
  return server.of("LOGON").map(({ auth: token }) => (token as unknown as AuthToken).principal ?? token.credentials);
}

const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
afterEach(() => {
  warnings.mockClear();
  vi.useRealTimers();
});

describe("an auth token manager", () => {
  it.each([true, false])(
    "that gives tokens of several users is warned of once, in debug mode only: %s (AUTH-13)",
    async (debug) => {
      const users = ["ann", "ann", "bob", "eve", "ann"];
      const server = new ScriptedServer();
      const manager = { getToken: () => auth.basic(users.shift()!, "secret-1"), handleSecurityException: () => false };
      const { driver } = driverWith(manager, { debug }, server);
      for (let i = 0; i < 5; i++) await driver.executeQuery("RETURN 1");
      expect(logins(server)).toEqual(["ann", "bob", "eve", "ann"]);
      const raised = warnings.mock.calls.filter(([warning]) => (warning as { code?: string }).code === "NEO4J_AUTH");
      expect(raised).toHaveLength(debug ? 1 : 0);
      expect(String(raised[0]?.[0] ?? "")).not.toMatch(/ann|bob|eve|secret/);
      await driver.close();
    },
  );

  it("of one user whose password changes is no reason to warn (AUTH-13)", async () => {
    let count = 0;
    const manager = { getToken: () => auth.basic("ann", `secret-${++count}`), handleSecurityException: () => false };
    const { driver } = driverWith(manager, { debug: true });
    for (let i = 0; i < 3; i++) await driver.executeQuery("RETURN 1");
    expect(warnings).not.toHaveBeenCalled();
    await driver.close();
  });

  it("that uses its own driver gets an error at once in debug mode (AUTH-14)", async () => {
    const { driver } = driverWith(
      async () => {
        await driver.executeQuery("RETURN 1");
        return auth.bearer("t");
      },
      { debug: true },
    );
    await expect(driver.executeQuery("RETURN 1")).rejects.toThrow(/auth token manager uses the driver/);
    await driver.close();
  });

  it("that uses its own driver ends with the time for a connection otherwise (AUTH-14)", async () => {
    const { driver, clock } = driverWith(async () => {
      await driver.executeQuery("RETURN 1");
      return auth.bearer("t");
    });
    const outcome = expect(driver.executeQuery("RETURN 1")).rejects.toThrow(ConnectionAcquisitionTimeoutError);
    await clock.advance(60_000);
    await outcome;
    await driver.close();
  });

  it("that never answers keeps no connection, and whoever is picked up goes back (AUTH-12, AUTH-15)", async () => {
    let answers = true;
    const manager = {
      getToken: () => (answers ? auth.bearer("t") : new Promise<AuthToken>(() => {})),
      handleSecurityException: () => false,
    };
    const { driver, clock, server } = driverWith(manager, { maxConnectionPoolSize: 1 });
    await driver.executeQuery("RETURN 1");
    answers = false;
    const stuck = expect(driver.executeQuery("RETURN 1")).rejects.toThrow(/the token, or the login/);
    await clock.advance(60_000);
    await stuck;
    answers = true;
    await driver.executeQuery("RETURN 1");
    expect(server.connections).toHaveLength(1);
    await driver.close();
    await expect(driver.executeQuery("RETURN 1")).rejects.toThrow(DriverError);
  });

  it("that never answers doesn't keep a closed driver's calls (AUTH-12, DRV-04)", async () => {
    let answers = true;
    const manager = {
      getToken: () => (answers ? auth.bearer("t") : new Promise<AuthToken>(() => {})),
      handleSecurityException: () => false,
    };
    const { driver, server } = driverWith(manager);
    await driver.executeQuery("RETURN 1");
    answers = false;
    const waiting = [1, 2].map(() => expect(driver.executeQuery("RETURN 1")).rejects.toThrow(/driver is closed/));
    await settle();
    await driver.close();
    await Promise.all(waiting);
    expect(server.connections.map(({ isEnded }) => isEnded)).toEqual([true]);
  });

  it("whose verdict never comes doesn't keep the error back for ever (AUTH-16)", async () => {
    const server = new ScriptedServer();
    server.answers.set("fails", { fails: { code: "Neo.ClientError.Security.TokenExpired" } });
    const manager = { getToken: () => auth.bearer("t"), handleSecurityException: () => new Promise<boolean>(() => {}) };
    const { driver, clock } = driverWith(manager, {}, server);
    const outcome = expect(driver.session().run("fails")).rejects.toMatchObject({ name: "TokenExpired" });
    await clock.advance(60_000);
    await outcome;
    await driver.close();
  });

  it("in a hundred calls at once is asked once for a token, and never leaves a timer (AUTH-15, AUTH-34)", async () => {
    let asked = 0;
    const provider = async () => {
      asked++;
      return expiringAuth(auth.bearer("t"), { expiresIn: 60_000 });
    };
    const { driver, clock } = driverWith(provider, { maxConnectionPoolSize: 100 });
    await Promise.all(Array.from({ length: 100 }, () => driver.executeQuery("RETURN 1")));
    expect(asked).toBe(1);
    expect(clock.armed).toBe(0);
    await driver.close();
  });
});

describe("a function in the place of a token", () => {
  it("is asked anew when its token has expired by the machine's clock (AUTH-19, AUTH-22)", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 40_000 });
    let count = 0;
    const { driver, server } = driverWith(async () => expiringAuth(auth.bearer(`t${++count}`), { expiresIn: 2000 }));
    await driver.executeQuery("RETURN 1");
    vi.setSystemTime(41_999);
    await driver.executeQuery("RETURN 1");
    vi.setSystemTime(42_000);
    await driver.executeQuery("RETURN 1");
    expect(logins(server)).toEqual(["t1", "t2"]);
    await driver.close();
  });
});

describe("what a driver was given", () => {
  it("can change afterwards without effect (AUTH-30)", async () => {
    const token = { scheme: "basic", principal: "ann", credentials: "secret-1" };
    const parameters = { key: "a" };
    const session = auth.custom({ scheme: "s", principal: "bob", credentials: "secret-2", parameters });
    const config = { fetchSize: 10 };
    const { driver, server } = driverWith(token, config);
    Object.assign(token, { principal: "eve", credentials: "secret-3" });
    config.fetchSize = 20;
    parameters.key = "b";
    await driver.session().run("RETURN 1");
    await driver.session({ auth: session }).run("RETURN 1");
    expect(server.of("LOGON").map(({ auth: sent }) => ({ ...sent }))).toEqual([
      { scheme: "basic", principal: "ann", credentials: "secret-1" },
      { scheme: "s", principal: "bob", credentials: "secret-2", parameters: { key: "a" } },
    ]);
    expect(server.of("PULL").map(({ extra }) => Number(extra.n))).toEqual([10, 10]);
    await driver.close();
  });

  it("is for a driver only: no session and no query takes a manager (AUTH-10, AUTH-26)", async () => {
    const { driver } = driverWith(auth.none());
    const manager = authTokenManagers.static(auth.bearer("t"));
    for (const given of [manager, () => auth.bearer("t")] as unknown as AuthToken[]) {
      expect(() => driver.session({ auth: given })).toThrow(/managers and functions .* are for drivers/);
      await expect(driver.executeQuery("RETURN 1", {}, { auth: given })).rejects.toThrow(/are for drivers/);
    }
    await driver.close();
  });

  it("can't be left off by a session: nothing isn't nobody (AUTH-27)", async () => {
    const { driver, server } = driverWith(auth.basic("ann", "secret-1"));
    await driver.session({ auth: undefined }).run("RETURN 1");
    await driver.session({ auth: null as never }).run("RETURN 1");
    await driver.executeQuery("RETURN 1", {}, { auth: undefined });
    expect(logins(server)).toEqual(["ann"]);
    expect(server.of("LOGOFF")).toEqual([]);
    expect(() => driver.session({ auth: auth.none() })).toThrow(/can't go without authentication/);
    await driver.close();
  });

  it("may be nothing, and sessions are somebody all the same (AUTH-27)", async () => {
    const { driver, server } = driverWith(auth.none());
    await driver.session({ auth: auth.basic("bob", "secret-2") }).run("RETURN 1");
    await driver.session().run("RETURN 1");
    expect(server.of("LOGON").map(({ auth: { scheme } }) => scheme)).toEqual(["basic", "none"]);
    await driver.close();
  });
});
