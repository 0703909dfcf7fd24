/** Tokens that change: who is asked for them, when connections log in anew, and what becomes of errors about them. */
import { boltVersions } from "@fulgur/neo4j-core";
import {
  AuthConfigurationError,
  AuthError,
  type AuthToken,
  type AuthTokenManager,
  auth,
  authTokenManagers,
  type Config,
  type Driver,
  type DriverAuth,
  driver,
  type Neo4jError,
  TokenExpired,
} from "@fulgur/neo4j-driver";
import { type Conversation, type ScriptedPeer, type ScriptedServer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { transaction } from "./exchanges.ts";
import { failureOf, hurryRetries } from "./play.ts";

type Version = (typeof boltVersions)[number];
const isOld = (version: string) => Number(version.replace(".", "0")) < 501;
const old = boltVersions.filter(isOld);
const recent = boltVersions.filter((version) => !isOld(version));
const code = (title: string) => `Neo.ClientError.Security.${title}`;

/** The n-th token. */
const token = (n: number): AuthToken => auth.basic("neo4j", `secret-${n}`);

interface Manager {
  readonly manager: DriverAuth;
  readonly config?: Config;
  readonly version?: Version;
  readonly scheme?: "bolt" | "neo4j";
}

/** A driver with a manager of tokens against a script. */
async function play(
  conversation: Conversation,
  { manager, config, version = "5.8", scheme = "bolt" }: Manager,
  use: (db: Driver, server: ScriptedServer) => Promise<void>,
): Promise<void> {
  await using server = await startScriptedServer({ version, conversation });
  const db = driver(`${scheme}://${server.address}`, manager, config);
  try {
    await use(db, server);
  } catch (error) {
    await db.close();
    await server.finished().catch((broken: Error) => {
      throw new Error(broken.message, { cause: error });
    });
    throw error;
  }
  await db.close();
  await server.finished();
}

/** HELLO and LOGON, which must be with the n-th token. */
async function login(peer: ScriptedPeer, n: number): Promise<void> {
  const hello = await peer.receive("HELLO");
  if (isOld(peer.version)) expect(hello.extra.auth).toEqual({ ...token(n) });
  peer.success({ server: "Neo4j/5.26.0", connection_id: `bolt-${n}` });
  if (!isOld(peer.version)) expect((await peer.accept("LOGON")).auth).toEqual({ ...token(n) });
}

async function relogin(peer: ScriptedPeer, n: number): Promise<void> {
  await peer.accept("LOGOFF");
  expect((await peer.accept("LOGON")).auth).toEqual({ ...token(n) });
}

/** A query by itself that fails. */
async function fails(peer: ScriptedPeer, title: string): Promise<void> {
  await peer.receive("RUN");
  await peer.receive("PULL");
  peer.failure(code(title));
  peer.ignored();
}

/** A manager of a test's own, which gives what `current` says and notes what it is told. */
class Spy implements AuthTokenManager {
  current = token(1);
  asked = 0;
  readonly told: { token: AuthToken; code: string; error: Neo4jError }[] = [];
  readonly #answer: () => boolean;
  readonly #isLate: boolean;

  constructor(isLate: boolean, answer: () => boolean) {
    this.#isLate = isLate;
    this.#answer = answer;
  }

  getToken(): AuthToken | Promise<AuthToken> {
    this.asked++;
    return this.#isLate ? Promise.resolve(this.current) : this.current;
  }

  handleSecurityException(given: AuthToken, securityErrorCode: string, error: Neo4jError) {
    this.told.push({ token: given, code: securityErrorCode, error });
    const handled = this.#answer();
    return this.#isLate ? new Promise<boolean>((resolve) => setImmediate(resolve, handled)) : handled;
  }
}

describe.each([
  ["at once", false],
  ["later", true],
] as const)("a manager that answers %s", (_, isLate) => {
  it("is asked before the first login, and for each connection that is picked up (AUTH-11, AUTH-12, AUTH-25)", async () => {
    const spy = new Spy(isLate, () => false);
    await play(
      async (peer) => {
        await login(peer, 1);
        for (let i = 0; i < 3; i++) await peer.result();
        await peer.closed();
      },
      { manager: spy },
      async (db) => {
        expect(spy.asked).toBe(0);
        for (let i = 0; i < 3; i++) await db.session().run("RETURN 1");
        expect(spy.asked).toBe(3);
        expect(spy.told).toEqual([]);
      },
    );
  });

  it.each([
    "Unauthorized",
    "TokenExpired",
    "AuthorizationFailed",
    "CredentialsExpired",
    "Forbidden",
    "MadeUpByAPlugin",
  ])(
    "is told of %s with the token of that connection, and says whether trying again helps (AUTH-11, AUTH-16)",
    async (title) => {
      hurryRetries();
      for (const handled of [true, false]) {
        const spy = new Spy(isLate, () => handled);
        const given = spy.current;
        let times = 0;
        await play(
          async (peer, connection) => {
            await login(peer, 1);
            if (connection === 0) {
              await peer.accept("BEGIN");
              await fails(peer, title);
              await peer.accept("RESET");
              if (handled) await transaction(peer);
            }
            await peer.closed();
          },
          { manager: spy },
          async (db) => {
            const work = db.session().executeWrite((tx) => {
              times++;
              return tx.run("CREATE ()");
            });
            if (handled) await work;
            else {
              const error = (await failureOf(work)) as Neo4jError;
              expect([error.code, error.isRetryable()]).toEqual([code(title), false]);
            }
          },
        );
        expect(times).toBe(handled ? 2 : 1);
        expect(spy.told).toMatchObject([{ code: code(title), error: { code: code(title) } }]);
        expect(spy.told[0]?.token).toBe(given);
        expect(spy.told[0]?.error.isRetryable()).toBe(handled);
      }
    },
  );

  it("is told of a login that fails, also of the first one, which is then tried again (AUTH-16)", async () => {
    hurryRetries();
    for (const version of ["4.4", "5.0", "5.1", "6.1"] as const) {
      const spy = new Spy(isLate, () => {
        spy.current = token(2);
        return true;
      });
      await play(
        async (peer, connection) => {
          if (connection === 1) {
            await login(peer, 2);
            await transaction(peer);
            return;
          }
          await peer.receive("HELLO");
          if (!isOld(version)) {
            peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
            await peer.receive("LOGON");
          }
          peer.failure(code("Unauthorized"));
          await peer.closed();
        },
        { manager: spy, version },
        async (db) => {
          await db.executeQuery("RETURN 1");
        },
      );
      expect(spy.told).toHaveLength(1);
    }
  });

  it("is told of what a router says (AUTH-16)", async () => {
    const spy = new Spy(isLate, () => true);
    await play(
      async (peer) => {
        await login(peer, 1);
        await peer.receive("ROUTE");
        peer.failure(code("TokenExpired"));
        await peer.accept("RESET");
        await peer.closed();
      },
      { manager: spy, scheme: "neo4j" },
      async (db) => {
        const error = (await failureOf(db.session().run("RETURN 1"))) as Neo4jError;
        expect(error).toBeInstanceOf(TokenExpired);
        expect(error.isRetryable()).toBe(true);
        expect(spy.told).toHaveLength(1);
      },
    );
  });

  it("is told nothing of others' tokens, nor of errors that are about something else (AUTH-16, AUTH-26)", async () => {
    const spy = new Spy(isLate, () => true);
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
        await peer.accept("LOGON");
        await fails(peer, "Unauthorized");
        await peer.accept("RESET");
        await relogin(peer, 1);
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.failure("Neo.ClientError.Statement.SyntaxError");
        peer.ignored();
        await peer.accept("RESET");
        await peer.closed();
      },
      { manager: spy },
      async (db) => {
        const bobs = (await failureOf(db.session({ auth: auth.bearer("bob") }).run("RETURN 1"))) as Neo4jError;
        expect([bobs.code, bobs.isRetryable()]).toEqual([code("Unauthorized"), false]);
        await failureOf(db.session().run("RETRUN 1"));
        expect(spy.told).toEqual([]);
      },
    );
  });
});

describe("an error of a query in a transaction", () => {
  it("is worth another attempt as soon as it is seen, however late the manager answers (AUTH-16)", async () => {
    const spy = new Spy(true, () => true);
    await play(
      async (peer) => {
        await login(peer, 1);
        await peer.accept("BEGIN");
        await fails(peer, "TokenExpired");
        await peer.accept("RESET");
        await peer.closed();
      },
      { manager: spy },
      async (db) => {
        const tx = await db.session().beginTransaction();
        expect(((await failureOf(tx.run("RETURN 1"))) as Neo4jError).isRetryable()).toBe(true);
      },
    );
  });
});

describe.each(recent)("with Bolt %s", (version) => {
  it("a new token is logged in with in the same write as the work, on the same connection (AUTH-19, AUTH-32)", async () => {
    let time = 0;
    let count = 0;
    const manager = authTokenManagers.bearer({
      tokenProvider: () => ({ token: token(++count), expiration: time + 1000 }),
      now: () => time,
    });
    await play(
      async (peer) => {
        await login(peer, 1);
        await peer.result();
        await peer.result();
        await relogin(peer, 2);
        await peer.result();
        expect(peer.flights).toContainEqual(["LOGOFF", "LOGON", "RUN", "PULL"]);
        await peer.closed();
      },
      { manager, version },
      async (db) => {
        await db.session().run("RETURN 1");
        time = 999;
        await db.session().run("RETURN 1");
        time = 1000;
        await db.session().run("RETURN 1");
        expect(count).toBe(2);
      },
    );
  });

  it("a refused LOGON ends the connection, and the pool has it no more (AUTH-29)", async () => {
    const spy = new Spy(false, () => false);
    await play(
      async (peer, connection) => {
        await login(peer, connection === 0 ? 1 : 3);
        await peer.result();
        if (connection === 1) return;
        await peer.accept("LOGOFF");
        await peer.receive("LOGON");
        peer.failure(code("Unauthorized"));
        for (const type of ["RUN", "PULL"] as const) await peer.receive(type);
        await peer.closed();
      },
      { manager: spy, version, config: { maxConnectionPoolSize: 1 } },
      async (db, { peers }) => {
        await db.session().run("RETURN 1");
        spy.current = token(2);
        expect(await failureOf(db.session().run("RETURN 1"))).toBeInstanceOf(AuthError);
        expect(spy.told.map(({ token }) => token.credentials)).toEqual(["secret-2"]);
        spy.current = token(3);
        await db.session().run("RETURN 1");
        expect(peers).toHaveLength(2);
      },
    );
  });

  it("AuthorizationExpired lets every connection to that server log in anew, and the work is tried again (AUTH-29)", async () => {
    hurryRetries();
    await play(
      async (peer, connection) => {
        await login(peer, 1);
        await peer.accept("BEGIN");
        if (connection === 0) {
          await peer.accept("ROLLBACK");
        } else {
          await fails(peer, "AuthorizationExpired");
          await peer.accept("RESET");
        }
        await relogin(peer, 1);
        await transaction(peer);
        await peer.closed();
      },
      { manager: token(1), version },
      async (db, { peers }) => {
        const idle = await db.session().beginTransaction();
        let times = 0;
        const both: Promise<unknown>[] = [];
        await db.session().executeWrite(async (tx) => {
          if (times++ === 0) await idle.rollback();
          else both.push(db.executeQuery("RETURN 1"));
          await tx.run("CREATE ()");
        });
        await Promise.all(both);
        expect([times, both.length, peers.length]).toEqual([2, 1, 2]);
      },
    );
  });
});

describe.each(old)("with Bolt %s, which knows no change of users,", (version) => {
  it("a new token takes a new connection, and the old one is closed (AUTH-19, AUTH-32)", async () => {
    const spy = new Spy(false, () => false);
    await play(
      async (peer, connection) => {
        await login(peer, connection + 1);
        await peer.result();
        await peer.closed();
      },
      { manager: spy, version, config: { maxConnectionPoolSize: 1 } },
      async (db, { peers }) => {
        await db.session().run("RETURN 1");
        spy.current = token(2);
        await db.session().run("RETURN 1");
        expect(peers).toHaveLength(2);
        expect(peers[0]?.received.map(({ type }) => type)).toEqual(["HELLO", "RUN", "PULL", "GOODBYE"]);
      },
    );
  });
});

describe("authTokenManagers.basic", () => {
  it("asks for the next password when the server doesn't take the last, and logs in with it (AUTH-18)", async () => {
    hurryRetries();
    let count = 0;
    await play(
      async (peer, connection) => {
        await login(peer, connection + 1);
        if (connection === 0) {
          await peer.accept("BEGIN");
          await fails(peer, "Unauthorized");
          await peer.accept("RESET");
          await relogin(peer, 2);
        }
        await transaction(peer);
        await peer.closed();
      },
      { manager: authTokenManagers.basic({ tokenProvider: async () => token(++count) }) },
      async (db) => {
        await db.executeQuery("RETURN 1");
        expect(count).toBe(2);
      },
    );
  });

  it("asks once more for a password that is wrong; if it is given again, that is the error (AUTH-18)", async () => {
    const delays = hurryRetries();
    let count = 0;
    const manager = authTokenManagers.basic({
      tokenProvider: () => {
        count++;
        return token(1);
      },
    });
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
        await peer.receive("LOGON");
        peer.failure(code("Unauthorized"));
        await peer.closed();
      },
      { manager },
      async (db, { peers }) => {
        expect(await failureOf(db.executeQuery("RETURN 1"))).toBeInstanceOf(AuthError);
        expect([count, peers.length, delays.length]).toEqual([2, 2, 1]);
      },
    );
  });
});

describe("a driver's token", () => {
  it("and a static manager of it are the same on the wire (AUTH-17)", async () => {
    const talks: string[] = [];
    for (const manager of [token(1), authTokenManagers.static(token(1))]) {
      await play(
        async (peer) => {
          await login(peer, 1);
          await transaction(peer);
          await transaction(peer);
          await peer.closed();
          talks.push(
            JSON.stringify(peer.received, (_key, value) => (typeof value === "bigint" ? Number(value) : value)),
          );
        },
        { manager },
        async (db) => {
          await db.executeQuery("RETURN 1");
          await db.executeQuery("RETURN 1");
        },
      );
    }
    expect(talks[0]).toBe(talks[1]);
  });
});

describe("a manager that fails", () => {
  it.each([
    ["throws", () => Promise.reject(new Error("down, secret-9"))],
    ["gives nothing", () => Promise.resolve(null)],
  ])("that %s ends the query with that, and stands in the log once (AUTH-21)", async (how, tokenProvider) => {
    const lines: string[] = [];
    const logger = (level: string, message: string) => lines.push(`${level} ${message}`);
    await play(
      () => Promise.resolve(),
      {
        manager: authTokenManagers.bearer({ tokenProvider: tokenProvider as unknown as () => Promise<AuthToken> }),
        config: { logging: { levels: { "neo4j.auth_management": "trace" }, logger } },
      },
      async (db, { peers }) => {
        const both = await Promise.all([1, 2].map(() => failureOf(db.session().run("RETURN 1"))));
        expect(both[0]).toBe(both[1]);
        if (how === "throws") expect(both[0]?.message).toBe("down, secret-9");
        else expect(both[0]).toBeInstanceOf(AuthConfigurationError);
        expect(peers).toHaveLength(0);
      },
    );
    expect(lines.filter((line) => line.startsWith("error"))).toHaveLength(1);
    expect(lines.join()).not.toContain("secret-9");
  });

  it("to deal with an error leaves the server's error as it is (AUTH-16)", async () => {
    const manager: AuthTokenManager = {
      getToken: () => token(1),
      handleSecurityException: () => {
        throw new Error("broken");
      },
    };
    await play(
      async (peer) => {
        await login(peer, 1);
        await fails(peer, "TokenExpired");
        await peer.accept("RESET");
        await peer.closed();
      },
      { manager },
      async (db) => {
        const error = (await failureOf(db.session().run("RETURN 1"))) as Neo4jError;
        expect([error.code, error.isRetryable()]).toEqual([code("TokenExpired"), false]);
      },
    );
  });
});
