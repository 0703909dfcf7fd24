import { describe, expect, it } from "vitest";
import { addExact, exactInteger, float, int, MAX_INTEGER, MIN_INTEGER, ParameterError } from "../src/index.ts";

describe("int (MAP-03)", () => {
  it.each([
    [0, 0n],
    [-0, 0n],
    [Number.MAX_SAFE_INTEGER, 9007199254740991n],
    [MIN_INTEGER, -9223372036854775808n],
    [MAX_INTEGER, 9223372036854775807n],
    ["-42", -42n],
    ["+42", 42n],
  ])("takes %s", (value, expected) => {
    expect(int(value).value).toBe(expected);
  });

  it.each([
    [2n ** 63n, "doesn't fit in 64 bits"],
    [-(2n ** 63n) - 1n, "doesn't fit in 64 bits"],
    ["9223372036854775808", "doesn't fit in 64 bits"],
    [2 ** 53, "give a bigint"],
    [1.5, "isn't whole"],
    [Number.NaN, "isn't whole"],
    ["0x10", "decimal whole number"],
    ["", "decimal whole number"],
    ["9".repeat(100_000), "at most 30 digits"],
    [null as never, "takes a number, a bigint or a decimal text"],
  ])("refuses %#", (value, message) => {
    expect(() => int(value)).toThrow(ParameterError);
    expect(() => int(value)).toThrow(message);
  });
});

describe("float (MAP-04)", () => {
  it("takes every number", () => {
    for (const value of [1, 0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
      expect(Object.is(float(value).value, value)).toBe(true);
      expect(float(value).equals(float(value))).toBe(true);
    }
    expect(float(0).equals(float(-0))).toBe(false);
  });

  it("refuses what is none", () => {
    expect(() => float("1" as never)).toThrow(ParameterError);
    expect(() => float(1n as never)).toThrow("a float has to be a number");
  });
});

describe("whole numbers out", () => {
  it("are numbers when safe and bigints beyond", () => {
    expect(exactInteger(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(exactInteger(2n ** 53n)).toBe(2n ** 53n);
    expect(exactInteger(-(2n ** 53n))).toBe(-(2n ** 53n));
    expect(addExact(Number.MAX_SAFE_INTEGER, 1)).toBe(2n ** 53n);
    expect(addExact(2n ** 53n, -1)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
