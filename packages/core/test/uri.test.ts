import { ConfigurationError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, parseUri } from "../src/uri.ts";

describe("a connection URI", () => {
  it.each([
    ["neo4j://h", true, undefined, undefined],
    ["neo4j+s://h", true, true, "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"],
    ["neo4j+ssc://h", true, true, "TRUST_ALL_CERTIFICATES"],
    ["bolt://h", false, undefined, undefined],
    ["bolt+s://h", false, true, "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"],
    ["bolt+ssc://h", false, true, "TRUST_ALL_CERTIFICATES"],
    ["NEO4J+S://h", true, true, "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"],
  ])("%s says what its scheme means (CONN-01)", (uri, routed, encrypted, trust) => {
    expect(parseUri(uri)).toMatchObject({ host: "h", port: 7687, routed, encrypted, trust });
  });

  it.each([
    ["bolt://h:9", "h", 9],
    ["bolt://h:", "h", 7687],
    ["neo4j://", "localhost", 7687],
    ["bolt://", "localhost", 7687],
    ["bolt://:99", "localhost", 99],
    ["neo4j://h/", "h", 7687],
    ["bolt://h?", "h", 7687],
    ["bolt://[::1]:99", "::1", 99],
    ["bolt://[fe80::1%eth0]", "fe80::1%eth0", 7687],
    ["bolt://127.0.0.1", "127.0.0.1", 7687],
    ["neo4j+s://0f1e2d.databases.neo4j.io", "0f1e2d.databases.neo4j.io", 7687],
  ])("%s has host and port (CONN-06, CONN-07, CONN-08)", (uri, host, port) => {
    expect(parseUri(uri)).toMatchObject({ host, port });
    expect(parseUri(new URL(uri.replace(/:\/\/(?=$|:)/, "://localhost").replace("%eth0", ""))).port).toBe(port);
  });

  it("has a routing context, decoded (CONN-10)", () => {
    expect(parseUri("neo4j://h?policy=europe&name=a%20b%3D&__proto__=x").routingContext).toEqual(
      Object.fromEntries([
        ["policy", "europe"],
        ["name", "a b="],
        ["__proto__", "x"],
      ]),
    );
    expect(parseUri("neo4j://h").routingContext).toEqual({});
  });

  it.each([
    ["foo://h", /scheme "foo".*neo4j\+ssc.*bolt\+s/s],
    ["http://h:7474", /scheme "http"/],
    ["h:7687", /no scheme/],
    ["", /no scheme/],
    ["neo4j:h", /no scheme/],
    ["bolt://h:99999", /bad port 99999/],
    ["bolt://h:0", /bad port 0/],
    ["bolt://h:-1", /bad port -1/],
    ["bolt://h:http", /bad port/],
    ["bolt://::1", /brackets/],
    ["bolt://[nonsense]", /IPv6/],
    ["bolt://a b", /character/],
    ["neo4j://h/x", /path/],
    ["neo4j://h#f", /fragment/],
    ["bolt://h?x=1", /query string.*neo4j/],
    ["bolt+ssc://h?x=1", /query string.*neo4j\+ssc/],
    ["neo4j://h?a=1&a=2", /"a" twice/],
    ["neo4j://h?a=", /"a" has no value/],
    ["neo4j://h?a", /"a" has no value/],
    ["neo4j://h?=b", /no key/],
    ["neo4j://h?address=x", /"address"/],
    ["neo4j://h?a=%zz", /percent/],
  ])("%s is refused with a reason (CONN-09, CONN-11, CONN-12)", (uri, reason) => {
    expect(() => parseUri(uri)).toThrow(ConfigurationError);
    expect(() => parseUri(uri)).toThrow(reason);
  });

  it.each(["bolt://u:pass-3@h", "neo4j://u:pass-3@h", "u:pass-3@h:7687", "bolt://h:pass-3"])(
    "never repeats what may be a password: %s (CONN-13)",
    (uri) => {
      expect(() => parseUri(uri)).toThrow(ConfigurationError);
      expect(() => parseUri(uri)).not.toThrow(/pass-3/);
    },
  );

  it("refuses what isn't text", () => {
    expect(() => parseUri(5 as unknown as string)).toThrow(/string/);
  });
});

describe("an address", () => {
  it.each([
    ["h:9", { host: "h", port: 9 }],
    ["h", { host: "h", port: 7687 }],
    ["[::1]:9", { host: "::1", port: 9 }],
    ["[::1]", { host: "::1", port: 7687 }],
  ])("%s is read, and written again", (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    expect(parseAddress(formatAddress(address))).toEqual(address);
  });

  it("has nothing else in it", () => {
    expect(() => parseAddress("u@h")).toThrow(ConfigurationError);
    expect(() => parseAddress("h/x")).toThrow(ConfigurationError);
  });
});
