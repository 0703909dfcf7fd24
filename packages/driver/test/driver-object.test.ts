import { AuthConfigurationError, ConfigurationError, DriverError, ServiceUnavailable } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { Driver } from "../src/driver.ts";
import { auth, type Config } from "../src/index.ts";
import { FakeClock } from "./fake-clock.ts";
import { driverOf, ScriptedServer } from "./scripted-server.ts";

const transient = { code: "Neo.TransientError.Transaction.DeadlockDetected" };

/** A driver whose network never answers, on a clock that the test turns. */
function stalled(config: object, hangs: "in TCP" | "in the handshake") {
  const clock = new FakeClock();
  const driver = new Driver("bolt://blackhole:7687", auth.none(), config, {
    clock,
    openTransport: ({ signal }) => {
      if (hangs === "in TCP") {
        return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
      }
      const nothing = () => {};
      const transport = { listener: { received: nothing, closed: nothing }, write: () => true, pause: nothing };
      const more = { resume: nothing, watchSilence: nothing, end: nothing, destroy: nothing };
      return Promise.resolve({ ...transport, ...more });
    },
  });
  return { driver, clock };
}

describe("a driver", () => {
  it("opens nothing, and neither do its sessions (CONN-23, DRV-10)", () => {
    const server = new ScriptedServer();
    driverOf(server).driver.session({ database: "movies" });
    expect(server.connections).toEqual([]);
  });

  it("says who answered, by a connection that was tried (DRV-11, DRV-12)", async () => {
    const server = new ScriptedServer("5.4");
    const { driver } = driverOf(server);
    const info = await driver.getServerInfo();
    expect(info).toMatchObject({ address: "server:7687", agent: "Neo4j/5.4", protocolVersion: { major: 5, minor: 4 } });
    expect(`${info.protocolVersion}`).toBe("5.4");
    expect(server.talk).toEqual([]);
    await driver.verifyConnectivity();
    expect(server.talk).toEqual(["RESET"]);
  });

  it("gives nothing for verifyConnectivity: what there is to know is getServerInfo's (OLD-27)", async () => {
    const { driver } = driverOf(new ScriptedServer());
    expect(await driver.verifyConnectivity()).toBeUndefined();
  });

  it("takes a session's options for what it verifies, and refuses others (DRV-11, DRV-12, DRV-14)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server, undefined, "neo4j://server:7687");
    await driver.verifyConnectivity({ database: "movies", impersonatedUser: "bob" });
    expect(server.of("ROUTE")[0]?.extra).toMatchObject({ db: "movies", impUser: "bob" });
    await driver.verifyAuthentication();
    expect(server.of("ROUTE")[1]?.extra).toMatchObject({ db: "system" });
    for (const use of ["verifyConnectivity", "verifyAuthentication", "getServerInfo"] as const) {
      await expect(driver[use]({ databse: "x" } as never)).rejects.toThrow(/did you mean database/);
    }
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
    await expect(driver.verifyAuthentication({ auth: { foo: 1 } as never })).rejects.toThrow(AuthConfigurationError);
  });

  it.each(["Unauthorized", "Forbidden", "TokenExpired", "CredentialsExpired"])(
    "says that the server doesn't accept somebody by %s, and throws what else goes wrong (DRV-14)",
    async (title) => {
      const server = new ScriptedServer("5.4");
      let code = `Neo.ClientError.Security.${title}`;
      server.intercept = (request, peer) => {
        if (request.type !== "LOGON") return false;
        peer.fail({ code });
        return true;
      };
      const { driver } = driverOf(server);
      expect(await driver.verifyAuthentication({ auth: auth.bearer("x") })).toBe(false);
      code = "Neo.ClientError.Request.Invalid";
      await expect(driver.verifyAuthentication({ auth: auth.bearer("x") })).rejects.toMatchObject({ code });
    },
  );

  it.each([
    ["4.4", false],
    ["5.0", false],
    ["5.1", true],
    ["6.1", true],
  ] as const)("with Bolt %s can change a connection's user: %s (DRV-13, DRV-14, DRV-15)", async (version, can) => {
    const { driver } = driverOf(new ScriptedServer(version));
    expect(await driver.supportsSessionAuth()).toBe(can);
    expect(await driver.supportsMultiDb()).toBe(true);
    expect(await driver.supportsUserImpersonation()).toBe(true);
    const foreign = driver.verifyAuthentication({ auth: auth.basic("bob", "secret-1b") });
    if (can) return expect(await foreign).toBe(true);
    await expect(foreign).rejects.toThrow(ConfigurationError);
    await expect(foreign).rejects.toThrow(/5\.1/);
    await expect(foreign).rejects.not.toThrow(/secret-1b/);
  });

  it("asks a reader about the protocol where there is a cluster (DRV-15)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server, undefined, "neo4j://server:7687");
    expect(await driver.supportsSessionAuth()).toBe(true);
    expect(server.talk[0]).toBe("ROUTE");
  });

  it("chains executeQuery and sessions, both ways (DRV-16, DRV-17)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server);
    const manager = driver.executeQueryBookmarkManager;
    await driver.executeQuery("Q");
    await driver.session({ bookmarkManager: manager }).executeWrite((tx) => tx.run("Q"));
    await driver.executeQuery("Q");
    expect(server.of("BEGIN").map(({ extra }) => extra.bookmarks ?? [])).toEqual([[], ["b1"], ["b2"]]);
    expect([...(await manager.getBookmarks())]).toEqual(["b3"]);
  });

  it("has no setters, and can't be cloned for a worker (DRV-09, DRV-39, OLD-33)", () => {
    const { driver } = driverOf(new ScriptedServer());
    expect(() => Object.assign(driver, { closed: true })).toThrow(TypeError);
    expect(() => structuredClone(driver)).toThrow(/could not be cloned/);
  });
});

describe("closing a driver", () => {
  it("says goodbye once, and refuses everything afterwards (DRV-04, DRV-05, DRV-06)", async () => {
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
    const uses = ["executeQuery", "verifyConnectivity", "verifyAuthentication", "getServerInfo"] as const;
    for (const use of [...uses, "supportsMultiDb", "supportsSessionAuth", "supportsUserImpersonation"] as const) {
      await expect(driver[use](undefined as never)).rejects.toThrow(DriverError);
      await expect(driver[use](undefined as never)).rejects.toThrow(/driver is closed/);
    }
    await expect(driver.verifyAuthentication({ auth: auth.none() })).rejects.toThrow(DriverError);
  });

  it("happens at the end of its scope, also when that throws (DRV-03)", async () => {
    const server = new ScriptedServer();
    const work = async () => {
      await using driver = driverOf(server).driver;
      await driver.executeQuery("Q");
      throw new Error("of the application");
    };
    await expect(work()).rejects.toThrow("of the application");
    expect(server.of("GOODBYE")).toHaveLength(1);
    expect(server.connections.every(({ isEnded }) => isEnded)).toBe(true);
  });

  it("is needed after a failed verification, too, and leaves no timer behind (DRV-05, DRV-38, OLD-14)", async () => {
    const { driver, clock } = driverOf(new ScriptedServer());
    const dead = new Driver(
      "bolt://server:7687",
      auth.none(),
      {},
      {
        clock,
        openTransport: () => Promise.reject(new ServiceUnavailable("nobody is there")),
      },
    );
    await expect(dead.verifyConnectivity()).rejects.toThrow(ServiceUnavailable);
    expect(dead.closed).toBe(false);
    await dead.close();
    expect(dead.closed).toBe(true);
    await driver.close();
    expect(clock.armed).toBe(0);
  });

  it("fails what still runs and what waits for a connection, and hangs nowhere (DRV-04)", async () => {
    const server = new ScriptedServer();
    server.intercept = (request) => request.type === "PULL";
    const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
    const running = driver.session().run("Q");
    const waiting = driver.session().run("Q");
    await running.keys();
    const outcomes = Promise.allSettled([running.toEagerResult(), waiting.toEagerResult()]);
    await driver.close();
    for (const outcome of await outcomes) {
      expect(outcome.status).toBe("rejected");
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(DriverError);
    }
  });
});

describe("the driver's time limits", () => {
  it.each([
    ["connectionTimeout", "in TCP"],
    ["loginTimeout", "in the handshake"],
  ] as const)(
    "%s ends the opening of a connection that hangs %s, and the other doesn't (CONN-42, DRV-19)",
    async (option, hangs) => {
      const other = option === "loginTimeout" ? "connectionTimeout" : "loginTimeout";
      const { driver, clock } = stalled({ [option]: 1_000, [other]: 500 }, hangs);
      const failed = expect(driver.verifyConnectivity()).rejects.toThrow(ServiceUnavailable);
      await clock.advance(999);
      expect(clock.armed).toBeGreaterThan(0);
      await clock.advance(1);
      await failed;
    },
  );

  it.each(["in TCP", "in the handshake"] as const)(
    "connectionAcquisitionTimeout spans the opening of a connection that hangs %s (DRV-18)",
    async (hangs) => {
      const { driver, clock } = stalled(
        { connectionTimeout: 0, loginTimeout: 0, connectionAcquisitionTimeout: 500 },
        hangs,
      );
      const failed = expect(driver.verifyConnectivity()).rejects.toThrow(/500 ms.*a new connection to be opened/);
      await clock.advance(501);
      await failed;
    },
  );

  it("connectionAcquisitionTimeout ends the wait for a connection of a busy pool (DRV-18)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 500 });
    const tx = await driver.session().beginTransaction();
    await tx.run("Q");
    let settled = false;
    const waiting = driver.getServerInfo().finally(() => {
      settled = true;
    });
    const failed = expect(waiting).rejects.toMatchObject({ name: "ConnectionAcquisitionTimeoutError" });
    await clock.advance(499);
    expect(settled).toBe(false);
    await clock.advance(1);
    await failed;
    const patient = driver.session({ connectionAcquisitionTimeout: Number.POSITIVE_INFINITY }).run("Q");
    await clock.advance(1e9);
    await tx.commit();
    await expect(patient).resolves.toMatchObject({ keys: ["n"] });
  });

  it("maxConnectionLifetime retires idle connections when one is picked (DRV-22, OLD-09)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { maxConnectionLifetime: 1_000 });
    await driver.session().run("Q");
    await clock.advance(1_000);
    await driver.session().run("Q");
    expect(server.connections).toHaveLength(1);
    await clock.advance(1);
    await driver.session().run("Q");
    expect(server.connections.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(server.of("GOODBYE")).toHaveLength(1);
  });

  it("maxConnectionLifetime never cuts a connection in use, and has no limit below 0 (DRV-22)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { maxConnectionLifetime: 1_000 });
    const tx = await driver.session().beginTransaction();
    await tx.run("Q");
    await clock.advance(5_000);
    await tx.run("Q");
    await tx.commit();
    await clock.advance(0);
    expect(server.connections[0]?.isEnded).toBe(true);
    const eternal = driverOf(server, { maxConnectionLifetime: -1 });
    await eternal.driver.session().run("Q");
    await eternal.clock.advance(1e10);
    await eternal.driver.session().run("Q");
    expect(server.connections).toHaveLength(2);
  });

  it.each([
    [undefined, [0, 0, 0]],
    [0, [1, 2, 3]],
    [1_000, [0, 0, 1]],
  ])("connectionLivenessCheckTimeout %s tests idle connections %j times (DRV-23)", async (timeout, counts) => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { connectionLivenessCheckTimeout: timeout });
    await driver.session().run("Q");
    const seen: number[] = [];
    for (const idle of [0, 1_000, 1_001]) {
      await clock.advance(idle);
      await driver.session().run("Q");
      seen.push(server.of("RESET").length);
    }
    expect(seen).toEqual(counts);
    if (timeout !== undefined) expect(server.talk.slice(-3)).toEqual(["RESET", "RUN", "PULL"]);
    expect(server.connections).toHaveLength(1);
  });

  it("connectionLivenessCheckTimeout replaces a dead connection, and nobody notices (DRV-23)", async () => {
    const server = new ScriptedServer();
    server.intercept = (request, peer) => {
      if (request.type === "RESET") peer.drop();
      return request.type === "RESET";
    };
    const { driver, clock } = driverOf(server, { connectionLivenessCheckTimeout: 1_000 });
    await driver.session().run("Q");
    await clock.advance(1_001);
    await expect(driver.session().run("Q")).resolves.toMatchObject({ keys: ["n"] });
    expect(server.connections).toHaveLength(2);
  });

  it.each([
    [0, 1],
    [1, 2],
  ])("maxTransactionRetryTime %i allows %i attempts of what always fails (DRV-25)", async (time, attempts) => {
    const server = new ScriptedServer();
    server.answers.set("Q", { fails: transient });
    const { driver, clock } = driverOf(server, { maxTransactionRetryTime: time });
    const failed = expect(driver.executeQuery("Q")).rejects.toMatchObject(transient);
    await clock.advance(100_000);
    await failed;
    expect(server.of("RUN")).toHaveLength(attempts);
  });

  it("maxTransactionRetryTime counts from the first failure, not from the first attempt (DRV-25)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { maxTransactionRetryTime: 1_000 });
    server.answers.set("Q", { fails: transient });
    let fail = () => {};
    server.intercept = (request, peer) => {
      if (request.type !== "RUN" && request.type !== "PULL") return false;
      fail = () => {
        server.intercept = () => false;
        peer.fail(transient);
        peer.ignore();
      };
      return true;
    };
    const failed = expect(driver.session().executeWrite((tx) => tx.run("Q"))).rejects.toMatchObject(transient);
    await clock.advance(50_000);
    fail();
    await clock.advance(100_000);
    await failed;
    expect(server.of("RUN").length).toBeGreaterThan(1);
  });

  it("maxTransactionRetryTime doesn't end a query that runs for longer (OLD-32)", async () => {
    const server = new ScriptedServer();
    let finish = () => {};
    server.intercept = (request, peer) => {
      if (request.type !== "PULL") return false;
      finish = () => peer.success({ type: "r" });
      return true;
    };
    const { driver, clock } = driverOf(server, { maxTransactionRetryTime: 1_000 });
    const result = driver.session().executeRead((tx) => tx.run("Q"));
    await clock.advance(60_000);
    finish();
    await expect(result).resolves.toMatchObject({ records: [] });
  });
});

describe("the pool of a driver", () => {
  it("has 100 connections by default, and who comes then waits (DRV-24)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server);
    const open = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const tx = await driver.session().beginTransaction();
        await tx.run("Q");
        return tx;
      }),
    );
    const late = driver.session().run("Q");
    await clock.advance(1_000);
    expect(server.connections).toHaveLength(100);
    expect(server.of("RUN")).toHaveLength(100);
    await open[0]?.commit();
    await late;
    expect(server.connections).toHaveLength(100);
    await Promise.all(open.slice(1).map((tx) => tx.commit()));
  });

  it("serves those who wait in their order, and forgets who no longer does (DRV-42)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = driverOf(server, { maxConnectionPoolSize: 1 });
    const tx = await driver.session().beginTransaction();
    await tx.run("first");
    const gone = new AbortController();
    const abandoned = driver.executeQuery("abandoned", {}, { signal: gone.signal });
    const waiting = ["second", "third", "fourth"].map((query) => driver.session().run(query));
    await clock.advance(10);
    gone.abort(new Error("no longer needed"));
    await expect(abandoned).rejects.toThrow("no longer needed");
    await tx.commit();
    await Promise.all(waiting);
    expect(server.of("RUN").map(({ query }) => query)).toEqual(["first", "second", "third", "fourth"]);
    expect(server.connections).toHaveLength(1);
  });

  it("never has more connections than it may, even in a burst (DRV-24, DRV-42)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server, { maxConnectionPoolSize: 3 });
    await Promise.all(Array.from({ length: 50 }, () => driver.executeQuery("Q")));
    expect(server.connections.length).toBeLessThanOrEqual(3);
    expect(server.of("RUN")).toHaveLength(50);
  });

  it("tells the server the application's name, or its own (DRV-29, DRV-30, OLD-08)", async () => {
    const server = new ScriptedServer();
    await driverOf(server, { userAgent: "orders/2.1" }).driver.getServerInfo();
    await driverOf(server).driver.getServerInfo();
    const [named, unnamed] = server.of("HELLO").map(({ extra }) => extra);
    expect(named?.userAgent).toBe("orders/2.1");
    expect(unnamed?.userAgent).toMatch(/^neo4j-fulgur\/\d/);
    for (const extra of [named, unnamed]) expect(extra?.boltAgent?.product).toMatch(/^neo4j-fulgur\/\d/);
  });

  it("is made by a factory: there is no class to construct (CONN-18, OLD-02, OLD-03)", async () => {
    const fulgur = await import("../src/index.ts");
    for (const name of ["Driver", "DirectDriver", "RoutingDriver", "BoltDriver", "Neo4jDriver"]) {
      expect(fulgur).not.toHaveProperty(name);
    }
  });
});

describe("the driver's resolver", () => {
  /** A driver with this resolver, and the hosts and ports that it dials. */
  function resolving(resolver: Config["resolver"], uri: string) {
    const server = new ScriptedServer();
    const dialled: string[] = [];
    const driver = new Driver(
      uri,
      auth.none(),
      { resolver },
      {
        openTransport: (target) => {
          dialled.push(`${target.host} ${target.port}`);
          return server.openTransport(target);
        },
      },
    );
    return { driver, dialled };
  }

  it("leads to another address, by bolt and by neo4j (DRV-26, OLD-13)", async () => {
    for (const scheme of ["bolt", "neo4j"]) {
      const { driver, dialled } = resolving(
        ([host, port]) => [[`${host}.test`, Number(port) + 1]],
        `${scheme}://one:1`,
      );
      await driver.executeQuery("Q");
      expect(dialled[0]).toBe("one.test 2");
      if (scheme === "neo4j") expect(dialled[1]).toBe("server.test 7688");
    }
  });

  it("may give an IPv6 address as a pair, which is dialled as such (OLD-30)", async () => {
    const { driver, dialled } = resolving(() => [["::1", 7687]], "bolt://one:1");
    await driver.executeQuery("Q");
    expect(dialled).toEqual(["::1 7687"]);
  });

  it("that throws is the cause of the failure, at once (OLD-30, CONN-35)", async () => {
    const cause = new Error("no such name");
    let asked = 0;
    const { driver } = resolving(() => {
      asked++;
      throw cause;
    }, "bolt://one:1");
    await expect(driver.executeQuery("Q")).rejects.toMatchObject({ name: "ServiceUnavailable", cause });
    expect(asked).toBe(1);
  });
});
