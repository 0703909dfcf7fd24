/** Who one is to a real server: users that come and go, passwords that are wrong, change or have to be changed. */
import {
  AuthError,
  auth,
  authTokenManagers,
  ClientError,
  type Driver,
  driver,
  type Neo4jError,
} from "@fulgur/neo4j-driver";
import { startNeo4j } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;
const users: string[] = [];

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  for (const name of users) await system(`DROP USER ${name} IF EXISTS`);
  await db?.close();
  await server?.stop();
});

const system = (query: string, parameters = {}) => db.executeQuery(query, parameters, { database: "system" });

/** A user of a name that nobody has, with this password. */
async function user(name: string, password: string, change = "CHANGE NOT REQUIRED"): Promise<string> {
  const made = `fulgur_${name}`;
  users.push(made);
  await system(`CREATE OR REPLACE USER ${made} SET PASSWORD $password ${change}`, { password });
  return made;
}

const setPassword = (name: string, password: string) =>
  system(`ALTER USER ${name} SET PASSWORD $password CHANGE NOT REQUIRED`, { password });

/** As whom the work is done. */
async function whoAmI(of: Driver, token?: ReturnType<typeof auth.basic>): Promise<unknown> {
  const { records } = await of.executeQuery("SHOW CURRENT USER YIELD user", {}, { database: "system", auth: token });
  return records[0]?.get("user");
}

async function failureOf(work: Promise<unknown>): Promise<Neo4jError> {
  return await work.then(
    () => expect.fail("nothing was thrown"),
    (error) => error as Neo4jError,
  );
}

describe("docs/authentication.md", () => {
  const blocks = documentedCode("authentication.md");
  it("has code", () => expect(blocks).toHaveLength(5));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe("a real server", () => {
  it("lets in by name and password, and nobody by a wrong one, whose text is nowhere (AUTH-01, AUTH-31)", async () => {
    const ann = await user("ann", "right-password");
    expect(await whoAmI(db)).toBe(server.username);
    await using right = driver(server.uri, auth.basic(ann, "right-password"));
    expect(await whoAmI(right)).toBe(ann);
    const lines: string[] = [];
    const logging = { level: "trace", logger: (_: string, message: string) => lines.push(message) } as const;
    await using wrong = driver(server.uri, auth.basic(ann, "canary-c0de"), { logging });
    const error = await failureOf(wrong.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(AuthError);
    expect([error.code, error.isRetryable()]).toEqual(["Neo.ClientError.Security.Unauthorized", false]);
    expect(`${error.stack} ${JSON.stringify(error)} ${lines.join(" ")}`).not.toContain("canary-c0de");
  });

  it.each(["bolt", "neo4j"])(
    "does one session's, and one query's, work as somebody else, by %s (AUTH-26, AUTH-28, OLD-15)",
    async (scheme) => {
      const bob = await user("bob", "password-of-bob");
      const token = auth.basic(bob, "password-of-bob");
      const uri = server.uri.replace(/^bolt/, scheme);
      await using one = driver(uri, auth.basic(server.username, server.password), { maxConnectionPoolSize: 1 });
      const seen = [await whoAmI(one), await whoAmI(one, token), await whoAmI(one)];
      const session = one.session({ auth: token, database: "system" });
      seen.push((await session.run("SHOW CURRENT USER YIELD user")).records[0]?.get("user"));
      await session.close();
      seen.push(await whoAmI(one));
      expect(seen).toEqual([server.username, bob, server.username, bob, server.username]);
      const nobody = one.executeQuery("RETURN 1", {}, { auth: auth.basic(bob, "not-his-password") });
      expect(await failureOf(nobody)).toBeInstanceOf(AuthError);
      expect(await whoAmI(one)).toBe(server.username);
    },
  );

  it("says whether it takes somebody at this moment, also whom it took before (AUTH-29, DRV-14)", async () => {
    const carl = await user("carl", "password-one");
    await using his = driver(server.uri, auth.basic(carl, "password-one"));
    expect(await his.supportsSessionAuth()).toBe(true);
    expect(await his.verifyAuthentication()).toBe(true);
    await setPassword(carl, "password-two");
    expect(await his.verifyAuthentication()).toBe(false);
    expect(await db.verifyAuthentication({ auth: auth.basic(carl, "password-two") })).toBe(true);
    await system(`DROP USER ${carl}`);
    expect(await db.verifyAuthentication({ auth: auth.basic(carl, "password-two") })).toBe(false);
    expect(await db.verifyAuthentication()).toBe(true);
  });

  it("wants a password to be changed first, and says so (AUTH-16)", async () => {
    const dora = await user("dora", "given-password", "CHANGE REQUIRED");
    const told: string[] = [];
    const given = {
      getToken: () => auth.basic(dora, "given-password"),
      handleSecurityException: (_: unknown, code: string) => told.push(code) < 0,
    };
    await using first = driver(server.uri, given);
    const error = await failureOf(first.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(ClientError);
    expect(error.code).toBe("Neo.ClientError.Security.CredentialsExpired");
    expect(error.isRetryable()).toBe(false);
    expect(told).toEqual([error.code]);
    const session = first.session({ database: "system" });
    await session.run("ALTER CURRENT USER SET PASSWORD FROM $from TO $to", {
      from: "given-password",
      to: "own-password",
    });
    await session.close();
    await using then = driver(server.uri, auth.basic(dora, "own-password"));
    expect((await then.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
  });
});

describe("a password that changes", () => {
  it("is asked for by authTokenManagers.basic when the server doesn't take the last one any more (AUTH-18)", async () => {
    const eve = await user("eve", "password-1");
    let password = "password-1";
    let asked = 0;
    const manager = authTokenManagers.basic({
      tokenProvider: async () => {
        asked++;
        return auth.basic(eve, password);
      },
    });
    await using hers = driver(server.uri, manager, { initialRetryDelay: 1 });
    expect(await whoAmI(hers)).toBe(eve);
    password = "password-2";
    await setPassword(eve, password);
    // Several at once, so that connections have to be opened.
    expect(await Promise.all([1, 2, 3].map(() => whoAmI(hers)))).toEqual([eve, eve, eve]);
    expect(asked).toBe(2);
    expect(await hers.verifyAuthentication()).toBe(true);
  });

  it("is logged in with anew, without another connection, when the last token has expired (AUTH-19, AUTH-32)", async () => {
    const finn = await user("finn", "password-1");
    let time = 0;
    let password = "password-1";
    const manager = authTokenManagers.bearer({
      tokenProvider: () => ({ token: auth.basic(finn, password), expiration: time + 1000 }),
      now: () => time,
    });
    await using his = driver(server.uri, manager, { maxConnectionPoolSize: 1 });
    const connection = async () => (await his.executeQuery("RETURN 1")).summary.server;
    const before = await connection();
    password = "password-2";
    await setPassword(finn, password);
    time = 1000;
    expect(await connection()).toEqual(before);
    expect(await his.verifyAuthentication()).toBe(true);
  });
});

describe("a server without authentication", () => {
  it("lets in nobody, and anybody (AUTH-03)", async () => {
    const open = await startNeo4j({ auth: false });
    try {
      for (const token of [undefined, null, auth.none(), auth.basic("anybody", "whatever")]) {
        await using anyone = driver(open.uri, token);
        expect((await anyone.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
      }
    } finally {
      await open.stop();
    }
  });
});
