/** Managers of tokens by themselves: when they ask for another one, and what they make of errors. */
import {
  AuthConfigurationError,
  type AuthToken,
  auth,
  ConfigurationError,
  errorFromFailure,
  expiringAuth,
} from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import {
  type AuthTokenManager,
  authTokenManagerOf,
  authTokenManagers,
  type SecurityErrorCode,
  type TokenProvider,
} from "../../src/index.ts";

const unauthorized = "Neo.ClientError.Security.Unauthorized";
const tokenExpired = "Neo.ClientError.Security.TokenExpired";

/** Tells a manager that a token was refused. */
function refused(manager: AuthTokenManager, token: AuthToken, code: string = unauthorized) {
  const error = errorFromFailure({ code, message: "no", gqlStatus: "50N42", description: "", diagnosticRecord: {} });
  return manager.handleSecurityException(token, code as SecurityErrorCode, error);
}

/** A provider that gives `secret-1`, `secret-2` and so on. */
function numbered(expiresAt?: (count: number) => number) {
  const asked = { times: 0 };
  const token = () => {
    asked.times++;
    const made = auth.basic("neo4j", `secret-${asked.times}`);
    return expiresAt === undefined ? made : { ...made, expiresAt: expiresAt(asked.times) };
  };
  return { asked, token };
}

describe("authTokenManagers.static", () => {
  it("gives the one token, the same each time, and deals with no error (AUTH-17)", async () => {
    const token = auth.basic("neo4j", "secret-1");
    const manager = authTokenManagers.static(token);
    expect(await manager.getToken()).toBe(token);
    expect(await manager.getToken()).toBe(await manager.getToken());
    expect(await refused(manager, token)).toBe(false);
    expect(await refused(manager, token, tokenExpired)).toBe(false);
  });
});

describe.each<[string, (token: () => AuthToken) => TokenProvider]>([
  ["at once", (token) => token],
  ["later", (token) => async () => token()],
])("with a provider that answers %s", (_, providerOf) => {
  it("basic keeps a token until the server refuses it (AUTH-18, AUTH-25)", async () => {
    const { asked, token } = numbered();
    const manager = authTokenManagers.basic({ tokenProvider: providerOf(token) as () => AuthToken });
    const first = await manager.getToken();
    expect(await manager.getToken()).toBe(first);
    expect(asked.times).toBe(1);
    for (const code of [
      tokenExpired,
      "Neo.ClientError.Security.Forbidden",
      "Neo.ClientError.Security.AuthorizationExpired",
    ]) {
      expect(await refused(manager, first, code)).toBe(false);
    }
    expect(asked.times).toBe(1);
    expect(await refused(manager, first)).toBe(true);
    expect((await manager.getToken()).credentials).toBe("secret-2");
    expect(asked.times).toBe(2);
  });

  it.each([unauthorized, tokenExpired])(
    "bearer keeps a token until the server says %s (AUTH-19, AUTH-25)",
    async (code) => {
      const { asked, token } = numbered();
      const manager = authTokenManagers.bearer({ tokenProvider: providerOf(token) });
      const first = await manager.getToken();
      expect(await refused(manager, first, "Neo.ClientError.Security.AuthorizationExpired")).toBe(false);
      expect(await refused(manager, first, code)).toBe(true);
      expect((await manager.getToken()).credentials).toBe("secret-2");
      expect(asked.times).toBe(2);
    },
  );

  it("bearer asks anew at the first use after the token's end, and no sooner (AUTH-24, AUTH-34)", async () => {
    let time = 0;
    // Good for 60 s, which is a little less to be on the safe side.
    const { asked, token } = numbered(() => time + 60_000 - 10_000);
    const manager = authTokenManagers.bearer({ tokenProvider: providerOf(token), now: () => time });
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    await manager.getToken();
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout")).toHaveLength(before);
    time = 49_999;
    expect((await manager.getToken()).credentials).toBe("secret-1");
    time = 50_000;
    expect(asked.times).toBe(1);
    expect((await manager.getToken()).credentials).toBe("secret-2");
    time = 99_999;
    expect((await manager.getToken()).credentials).toBe("secret-2");
    expect(asked.times).toBe(2);
  });

  it("a hundred who ask at the same time cause one question (AUTH-15, AUTH-12)", async () => {
    const { asked, token } = numbered();
    const manager = authTokenManagers.bearer({ tokenProvider: providerOf(token) });
    const tokens = await Promise.all(Array.from({ length: 100 }, () => manager.getToken()));
    expect(new Set(tokens).size).toBe(1);
    expect(asked.times).toBe(1);
  });

  it("two connections that fail with one old token cause one question (AUTH-33)", async () => {
    const { asked, token } = numbered();
    const manager = authTokenManagers.basic({ tokenProvider: providerOf(token) as () => AuthToken });
    const old = await manager.getToken();
    expect(await refused(manager, old)).toBe(true);
    const next = await manager.getToken();
    // Late, but another attempt will have another token.
    expect(await refused(manager, { ...old })).toBe(true);
    expect(await manager.getToken()).toBe(next);
    expect(asked.times).toBe(2);
  });
});

describe("a provider", () => {
  it("that gives the refused token once more isn't asked in circles: the second refusal is final (AUTH-18)", async () => {
    let times = 0;
    const manager = authTokenManagers.basic({
      tokenProvider: () => {
        times++;
        return auth.basic("neo4j", "wrong-1");
      },
    });
    expect(await refused(manager, await manager.getToken())).toBe(true);
    expect(await refused(manager, await manager.getToken())).toBe(false);
    expect(times).toBe(2);
    // It is asked again all the same, when somebody wants a token the next time.
    await manager.getToken();
    expect(times).toBe(3);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "secret-9"],
    ["no scheme", { credentials: "secret-9" }],
    ["a pair", ["neo4j", "secret-9"]],
    ["a token in a token", { token: { token: "secret-9" } }],
    ["a token that is none", { token: "secret-9" }],
    ["an end of no known name", { token: auth.bearer("secret-9"), expires: 1 }],
    ["an end that is none", { token: auth.bearer("secret-9"), expiration: "tomorrow" }],
    ["an end that is no moment", { ...auth.bearer("secret-9"), expiresAt: Number.NaN }],
  ])("that gives %s is an AuthConfigurationError without what it gave (AUTH-21, AUTH-09)", async (_, given) => {
    for (const manager of [
      authTokenManagers.basic({ tokenProvider: () => given as AuthToken }),
      authTokenManagers.bearer({ tokenProvider: async () => given as AuthToken }),
    ]) {
      const error = await Promise.resolve(manager.getToken()).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(AuthConfigurationError);
      expect((error as Error).message).not.toMatch(/secret-9/);
    }
  });

  it("whose answer fails is asked again by the next who wants a token (AUTH-21)", async () => {
    const outage = new Error("the identity provider is down");
    let times = 0;
    const manager = authTokenManagers.bearer({
      tokenProvider: async () => {
        if (times++ === 0) throw outage;
        return auth.bearer("t");
      },
    });
    await expect(manager.getToken()).rejects.toBe(outage);
    expect((await manager.getToken()).credentials).toBe("t");
  });

  it("may give npm's form, a token with its end, or one that never ends (AUTH-22)", async () => {
    let time = 0;
    const given: ReturnType<TokenProvider>[] = [
      { token: auth.bearer("1"), expiration: new Date(1000) },
      { ...auth.bearer("2"), expiresAt: new Date(2000) },
      expiringAuth(auth.bearer("3"), { expiresAt: 3000 }),
      { token: auth.bearer("4") },
    ];
    const manager = authTokenManagers.bearer({ tokenProvider: () => given.shift()!, now: () => time });
    const seen: unknown[] = [];
    for (time of [0, 999, 1000, 1999, 2000, 2999, 3000, 4e12]) seen.push((await manager.getToken()).credentials);
    expect(seen).toEqual(["1", "1", "2", "2", "3", "3", "4", "4"]);
  });
});

describe("what a driver is given", () => {
  it("is a token, a manager, or a function that gives tokens (AUTH-10, AUTH-03)", async () => {
    const token = auth.bearer("t");
    expect(await authTokenManagerOf(token).getToken()).toBe(token);
    expect({ ...(await authTokenManagerOf(null).getToken()) }).toEqual({ scheme: "none" });
    expect({ ...(await authTokenManagerOf({ scheme: "none" }).getToken()) }).toEqual({ scheme: "none" });
    const manager = authTokenManagers.static(token);
    expect(authTokenManagerOf(manager)).toBe(manager);
    const ofFunction = authTokenManagerOf(async () => ({ ...token, expiresAt: Date.now() + 1000 }));
    expect((await ofFunction.getToken()).credentials).toBe("t");
    for (const code of [unauthorized, tokenExpired]) expect(await refused(ofFunction, token, code)).toBe(true);
  });

  it.each<[string, unknown, RegExp]>([
    ["a number", 5, /not a number/],
    ["a list", ["only"], /auth\.basic/],
    ["a pair", ["neo4j", "secret-9"], /auth\.basic/],
    ["a text", "secret-9", /not a string/],
    ["half a manager", { getToken: () => auth.none() }, /handleSecurityException/],
    ["the other half", { handleSecurityException: () => true }, /getToken/],
    [
      "a token that ends, and nobody to give the next",
      { ...auth.bearer("secret-9"), expiresAt: 1 },
      /expiresAt.*tokenProvider/,
    ],
    ["a token with npm's old names", { scheme: "basic", username: "neo4j", password: "secret-9" }, /"username"/],
  ])("can't be %s (AUTH-09)", (_, given, message) => {
    const make = () => authTokenManagerOf(given as AuthToken);
    expect(make).toThrow(AuthConfigurationError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/secret-9/);
  });

  it("prints without a secret, whatever it is (AUTH-31)", async () => {
    const { inspect } = await import("node:util");
    const manager = authTokenManagers.bearer({ tokenProvider: () => auth.bearer("secret-9") });
    await manager.getToken();
    for (const given of [
      manager,
      authTokenManagers.static(auth.bearer("secret-9")),
      expiringAuth(auth.bearer("secret-9")),
    ]) {
      expect(inspect({ given }, { depth: 9 })).not.toContain("secret-9");
    }
  });
});

describe("a manager's options", () => {
  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /tokenProvider/],
    ["a function in their place", () => auth.none(), /tokenProvider/],
    ["no function", { tokenProvider: auth.bearer("secret-9") }, /tokenProvider/],
    ["a name that isn't known", { tokenProvider: () => auth.none(), ttl: 1 }, /"ttl"/],
  ])("can't be %s", (_, options, message) => {
    for (const make of [authTokenManagers.basic, authTokenManagers.bearer]) {
      expect(() => make(options as { tokenProvider: () => AuthToken })).toThrow(ConfigurationError);
      expect(() => make(options as { tokenProvider: () => AuthToken })).toThrow(message);
    }
  });

  it("have no older name (AUTH-20, OLD-16)", () => {
    expect(Object.keys(authTokenManagers)).toEqual(["basic", "bearer", "static"]);
  });
});
