import { ConfigurationError, ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { createCodec } from "../src/index.ts";

describe("createCodec refuses", () => {
  it.each([
    ["no options", undefined, /version/],
    ["null", null, /version/],
    ["an option that doesn't exist", { version: "5.8", integer: "bigint" }, /no option integer.*integers/],
    ["a version as a number", { version: 6.1 }, /has to be a text.*6\.1/],
    ["a version that was never released", { version: "5.5" }, /Bolt 5\.5 is not known/],
    ["a patch as a text", { version: "4.4", patches: "utc" }, /list of some of "utc"/],
    ["a patch that doesn't exist", { version: "4.4", patches: ["x"] }, /list of some of "utc"/],
  ])("%s", (_, options, message) => {
    expect(() => createCodec(options as never)).toThrow(ConfigurationError);
    expect(() => createCodec(options as never)).toThrow(message);
  });
});

describe("a codec refuses to decode", () => {
  it.each(["abc", 1, null, [1, 2]])("%s, which isn't bytes", (bytes) => {
    expect(() => createCodec({ version: "5.8" }).decodeValue(bytes as never)).toThrow(ParameterError);
  });
});
