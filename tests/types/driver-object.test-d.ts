import {
  type AuthToken,
  type AuthTokenManager,
  auth,
  authTokenManagers,
  type BookmarkManager,
  type Config,
  type Driver,
  type DriverAuth,
  driver,
  type EagerResult,
  type Environment,
  expiringAuth,
  type Node,
  type Record,
  type ResultSummary,
  type ServerInfo,
  type Session,
  type SessionConfig,
} from "@fulgur/neo4j-driver";
import { describe, expectTypeOf, it } from "vitest";

declare const db: Driver;

describe("driver()", () => {
  it("takes a URI, and if need be a token and options (CONN-18, DRV-01, OLD-03)", () => {
    expectTypeOf<typeof driver>().toBeCallableWith("neo4j://localhost");
    expectTypeOf<typeof driver>().toBeCallableWith(new URL("neo4j://localhost"), auth.none(), { fetchSize: 10 });
    expectTypeOf<Parameters<typeof driver>>().toEqualTypeOf<
      [uri: string | URL, auth?: DriverAuth | null, config?: Config | null]
    >();
    expectTypeOf(driver("bolt://localhost")).toEqualTypeOf<Driver>();
    // @ts-expect-error: a driver is made by the factory
    new driver("bolt://localhost");
  });

  it("takes a manager of tokens, or a function that gives them, where sessions and queries take tokens only (AUTH-10)", () => {
    const manager = authTokenManagers.bearer({ tokenProvider: async () => ({ token: auth.bearer("t") }) });
    expectTypeOf<typeof driver>().toBeCallableWith("bolt://localhost", manager);
    expectTypeOf<typeof driver>().toBeCallableWith("bolt://localhost", () => auth.bearer("t"));
    expectTypeOf<typeof driver>().toBeCallableWith("bolt://localhost", async () =>
      expiringAuth(auth.bearer("t"), { expiresAt: new Date() }),
    );
    db.session({ auth: auth.bearer("t") });
    // @ts-expect-error: a token
    db.session({ auth: manager });
    // @ts-expect-error: a token
    void db.executeQuery("RETURN 1", {}, { auth: manager });
    // @ts-expect-error: a name and a password are no token
    driver("bolt://localhost", ["neo4j", "secret"]);
  });

  it("has what older drivers had by its new names (OLD-25, AUTH-23)", () => {
    expectTypeOf<AuthTokenManager>().toHaveProperty("handleSecurityException").parameter(1).toExtend<string>();
    expectTypeOf(expiringAuth(auth.bearer("t"), { expiresIn: 1000 }).expiresAt).toEqualTypeOf<
      Date | number | undefined
    >();
    // @ts-expect-error: it has another name
    authTokenManagers.expiration_based({ tokenProvider: () => auth.bearer("t") });
    // @ts-expect-error: it has another name
    expectTypeOf<AuthTokenManager>().toHaveProperty("onAuthExpired");
  });

  it("reads the environment, or what is given in its place", () => {
    expectTypeOf<typeof driver.fromEnv>().parameters.toEqualTypeOf<[config?: Config | null, env?: Environment]>();
    expectTypeOf(driver.fromEnv()).toEqualTypeOf<Driver>();
  });

  it("refuses unknown options and wrong values (DRV-02)", () => {
    // @ts-expect-error: it has another name
    driver("bolt://localhost", auth.none(), { maxRetryTime: 1 });
    // @ts-expect-error: it has another form
    driver("bolt://localhost", auth.none(), { trust: "TRUST_ALL_CERTIFICATES" });
    // @ts-expect-error: true or false
    driver("bolt://localhost", auth.none(), { keepAlive: 1 });
    // @ts-expect-error: no session has it
    db.session({ accessMode: "READ" });
    // @ts-expect-error: no executeQuery has it
    void db.executeQuery("RETURN 1", {}, { defaultAccessMode: "READ" });
  });

  it("doesn't let options be set afterwards (DRV-39)", () => {
    // @ts-expect-error: readonly
    db.encrypted = true;
    const config: Config = { fetchSize: 1 };
    // @ts-expect-error: readonly
    config.fetchSize = 2;
  });
});

describe("a driver", () => {
  it("has these methods and properties (DRV-08, DRV-10, DRV-11)", () => {
    expectTypeOf(db.encrypted).toEqualTypeOf<boolean>();
    expectTypeOf(db.closed).toEqualTypeOf<boolean>();
    expectTypeOf<Driver["session"]>().parameters.toEqualTypeOf<[config?: SessionConfig]>();
    expectTypeOf(db.session()).toEqualTypeOf<Session>();
    expectTypeOf(db.verifyConnectivity()).toEqualTypeOf<Promise<void>>();
    expectTypeOf(db).toExtend<AsyncDisposable>();
  });

  it("says what it finds out (DRV-12, DRV-14, OLD-27)", () => {
    expectTypeOf<Driver["verifyConnectivity"]>().returns.toEqualTypeOf<Promise<void>>();
    expectTypeOf(db.getServerInfo()).toEqualTypeOf<Promise<ServerInfo>>();
    expectTypeOf(db.verifyAuthentication({ auth: auth.none(), database: "x" })).toEqualTypeOf<Promise<boolean>>();
    expectTypeOf(db.supportsMultiDb()).toEqualTypeOf<Promise<boolean>>();
    expectTypeOf(db.supportsSessionAuth()).toEqualTypeOf<Promise<boolean>>();
  });

  it("has a bookmark manager, which knows no databases (DRV-16, OLD-26)", () => {
    expectTypeOf(db.executeQueryBookmarkManager).toEqualTypeOf<BookmarkManager>();
    expectTypeOf<keyof BookmarkManager>().toEqualTypeOf<"getBookmarks" | "updateBookmarks">();
    expectTypeOf<BookmarkManager["getBookmarks"]>().parameters.toEqualTypeOf<[]>();
    expectTypeOf<Parameters<BookmarkManager["updateBookmarks"]>>().toEqualTypeOf<
      [previous: Iterable<string>, next: Iterable<string>]
    >();
  });

  it("has nothing of what older drivers had (OLD-23)", () => {
    expectTypeOf<Driver>().not.toHaveProperty("queryBookmarkManager");
    // @ts-expect-error: it is executeRead
    void db.session().readTransaction;
    // @ts-expect-error: it is lastBookmarks
    void db.session().lastBookmark;
  });
});

describe("tokens", () => {
  it("take what they always took, in this order (OLD-29)", () => {
    expectTypeOf<typeof auth.basic>().parameters.toEqualTypeOf<[username: string, password: string, realm?: string]>();
    expectTypeOf(auth.custom("ann", "secret", "native", "mine", { level: 2 })).toEqualTypeOf<AuthToken>();
  });
});

describe("numbers of nodes", () => {
  it("may be missing: element ids are what is always there (OLD-20)", () => {
    expectTypeOf<null>().toExtend<Node["identity"]>();
    expectTypeOf<Node["elementId"]>().toEqualTypeOf<string>();
  });
});

describe("an eager result", () => {
  interface Person {
    name: string;
    age: number;
  }

  it("is an object, or a tuple", async () => {
    const result: EagerResult<Person> = await db.executeQuery<Person>("MATCH (p) RETURN p.name AS name, p.age AS age");
    const [records, summary, keys] = result;
    expectTypeOf(records).toEqualTypeOf<Record<Person>[]>();
    expectTypeOf(summary).toEqualTypeOf<ResultSummary>();
    expectTypeOf(keys).toEqualTypeOf<readonly string[]>();
    expectTypeOf(result.records[0]!.get("age", null)).toEqualTypeOf<number | null>();
  });
});
