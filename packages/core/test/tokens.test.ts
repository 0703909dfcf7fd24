import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { auth, authTokenEquals, checkedAuthToken } from "../src/auth/tokens.ts";
import { AuthConfigurationError } from "../src/errors/configuration-errors.ts";

describe("auth tokens", () => {
  it("have exactly the entries that their scheme has (AUTH-05, AUTH-06, AUTH-07)", () => {
    expect({ ...auth.basic("u", "p") }).toEqual({ scheme: "basic", principal: "u", credentials: "p" });
    expect({ ...auth.basic("u", "p", "ldap") }).toEqual({
      scheme: "basic",
      principal: "u",
      credentials: "p",
      realm: "ldap",
    });
    expect({ ...auth.none() }).toEqual({ scheme: "none" });
    expect({ ...auth.bearer("t") }).toEqual({ scheme: "bearer", credentials: "t" });
    expect({ ...auth.kerberos("t") }).toEqual({ scheme: "kerberos", principal: "", credentials: "t" });
  });

  it("of a scheme of one's own have what isn't empty (AUTH-04, AUTH-08)", () => {
    expect({ ...auth.custom("u", "p", "r", "s", { a: 1 }) }).toEqual({
      scheme: "s",
      principal: "u",
      credentials: "p",
      realm: "r",
      parameters: { a: 1 },
    });
    expect({ ...auth.custom({ principal: "u", credentials: "", realm: "", scheme: "s", parameters: {} }) }).toEqual({
      scheme: "s",
      principal: "u",
    });
  });

  it("are not needed: nothing is no authentication (AUTH-03)", () => {
    expect({ ...checkedAuthToken(undefined) }).toEqual({ scheme: "none" });
    expect({ ...checkedAuthToken(null) }).toEqual({ scheme: "none" });
  });

  it.each([
    5,
    "secret-5",
    ["only"],
    {},
    { scheme: 1 },
    { scheme: "basic", credentials: 5 },
    { scheme: "x", parameters: 1 },
  ])("refuse %j (AUTH-09)", (given) => {
    expect(() => checkedAuthToken(given)).toThrow(AuthConfigurationError);
    expect(() => checkedAuthToken(given)).not.toThrow(/secret-5/);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "a password that isn't there",
      () => auth.basic("ann", undefined as never),
      /no credentials.*environment variable/,
    ],
    ["a name that isn't there", () => auth.basic(undefined as never, "secret-5"), /no principal/],
    ["a bearer token that isn't there", () => auth.bearer(null as never), /no credentials: it is null/],
    ["a ticket that isn't there", () => auth.kerberos(undefined as never), /no credentials/],
    ["a password that is a number", () => auth.basic("ann", 5555 as never), /string, not number/],
    [
      "a plain object with another's names",
      () => checkedAuthToken({ scheme: "basic", user: "secret-5" }),
      /"user".*principal/,
    ],
    ["a token that ends", () => checkedAuthToken({ scheme: "x", expiresAt: 1 }), /function/],
    ["a list of parameters", () => auth.custom("ann", "secret-5", "r", "s", [] as never), /parameters/],
  ])("say what is wrong with %s (AUTH-09)", (_, make, message) => {
    expect(make).toThrow(AuthConfigurationError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/secret-5|5555/);
  });

  it("have the order of arguments that older drivers have (OLD-29)", () => {
    expect({ ...auth.basic("u", "p", "r") }).toEqual({ scheme: "basic", principal: "u", credentials: "p", realm: "r" });
    expect({ ...auth.custom("u", "p", "r", "s", { k: "v" }) }).toEqual({
      scheme: "s",
      principal: "u",
      credentials: "p",
      realm: "r",
      parameters: { k: "v" },
    });
  });

  it("stay the same object when they are checked again", () => {
    const token = auth.basic("u", "p");
    expect(checkedAuthToken(token)).toBe(token);
    expect(checkedAuthToken({ ...token })).toEqual(token);
  });

  it("print without their secret (AUTH-31)", () => {
    expect(inspect({ auth: auth.basic("u", "secret-5") })).toContain("AuthToken(basic, u)");
    expect(inspect(checkedAuthToken({ scheme: "basic", principal: "u", credentials: "secret-5" }))).not.toContain(
      "secret-5",
    );
    expect(`${auth.bearer("secret-5")}`).not.toContain("secret-5");
  });

  it("don't change with the object that they were made of (AUTH-30)", () => {
    const given = { scheme: "basic", principal: "u", credentials: "p" };
    const token = checkedAuthToken(given);
    given.credentials = "other";
    expect(token.credentials).toBe("p");
    expect(() => Object.assign(token, { credentials: "other" })).toThrow(TypeError);
  });

  it("compare by what they say", () => {
    expect(authTokenEquals(auth.basic("u", "p"), auth.basic("u", "p"))).toBe(true);
    expect(authTokenEquals(auth.basic("u", "p"), auth.basic("u", "q"))).toBe(false);
    expect(
      authTokenEquals(auth.custom("u", "p", "r", "s", { n: 1n }), auth.custom("u", "p", "r", "s", { n: 1n })),
    ).toBe(true);
    expect(
      authTokenEquals(auth.custom("u", "p", "r", "s", { n: 1n }), auth.custom("u", "p", "r", "s", { n: 2n })),
    ).toBe(false);
  });
});
