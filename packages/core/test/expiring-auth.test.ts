/** Tokens with an end. */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AuthConfigurationError, auth, ConfigurationError, type Expiry, expiringAuth } from "../src/index.ts";

const token = auth.bearer("secret-5");

describe("a token that expires", () => {
  it("is a copy with its end, whether that is a Date or a number; or without one (AUTH-22)", () => {
    const expiring = expiringAuth(token, { expiresAt: 42_000 });
    expect({ ...expiring }).toEqual({ scheme: "bearer", credentials: "secret-5", expiresAt: 42_000 });
    expect(expiringAuth(token, { expiresAt: new Date(42_000) })).toEqual(expiring);
    expect(expiringAuth(token).expiresAt).toBeUndefined();
    expect({ ...token }).not.toHaveProperty("expiresAt");
  });

  it("may be told how long it is good from now on (AUTH-23)", () => {
    expect(expiringAuth(token, { expiresIn: 2000, now: () => 40_000 }).expiresAt).toBe(42_000);
    const before = Date.now();
    const { expiresAt } = expiringAuth(token, { expiresIn: 1000 });
    expect(expiresAt).toBeGreaterThanOrEqual(before + 1000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it("can't be changed, and prints without its secret (AUTH-31)", () => {
    const expiring = expiringAuth(token, { expiresIn: 1 });
    expect(() => Object.assign(expiring, { expiresAt: 0 })).toThrow(TypeError);
    expect(inspect({ expiring }, { depth: 9 })).not.toContain("secret-5");
  });

  it.each<[Expiry, RegExp]>([
    [{ expiresAt: "tomorrow" as never }, /Date, or a number/],
    [{ expiresAt: new Date("never") }, /Date, or a number/],
    [{ expiresIn: -1 }, /from 0/],
    [{ expiresIn: "5" as never }, /from 0/],
    [{ expiresAt: 1, expiresIn: 1 }, /only one/],
  ])("can't have the end %o", (expiry, message) => {
    expect(() => expiringAuth(token, expiry)).toThrow(ConfigurationError);
    expect(() => expiringAuth(token, expiry)).toThrow(message);
  });

  it("is made of a token, not of something else (AUTH-09)", () => {
    expect(() => expiringAuth("secret-5" as never)).toThrow(AuthConfigurationError);
    expect(() => expiringAuth("secret-5" as never)).not.toThrow(/secret-5/);
  });
});
