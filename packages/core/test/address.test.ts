import { createServer, Socket } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Address, isIPv6Address } from "../src/address.ts";

describe("an address", () => {
  it.each([
    [["example.com", 7687], "example.com:7687"],
    [["127.0.0.1", 7687], "127.0.0.1:7687"],
    [["::1", 7687, 0, 0], "[::1]:7687"],
    [["h", "http"], "h:http"],
  ] as const)("made of %j is written %s, and is a key by that (CONN-24)", (parts, text) => {
    const address = Address.of(parts);
    expect([String(address), JSON.stringify(address), inspect(address)]).toEqual([
      text,
      `"${text}"`,
      `Address(${text})`,
    ]);
    expect(new Map([[String(address), 1]]).get(String(Address.of(parts)))).toBe(1);
    expect([...address]).toEqual(parts);
  });

  it.each([[[]], [["h"]], [["h", 1, 2]], [["h", 1, 2, 3, 4]], [[1, 1]], [["h", []]], [["h", 1, "a", "b"]], ["h:1"]])(
    "isn't made of %j (CONN-24)",
    (parts) => {
      expect(() => Address.of(parts as never)).toThrow(/address/);
    },
  );

  it("is equal by its parts, to a list as well, and can't be changed (CONN-24, CONN-33)", () => {
    const address = Address.of(["example.com", 9999]);
    for (const same of [["example.com", 9999], Address.parse("example.com:9999")])
      expect(address.equals(same)).toBe(true);
    for (const other of [
      ["example.com", "9999"],
      ["example.com"],
      ["example.com", 9999, 0, 0],
      "example.com:9999",
      null,
    ]) {
      expect(address.equals(other)).toBe(false);
    }
    expect(() => Object.assign(address, { port: 1 })).toThrow(TypeError);
  });

  it.each([
    [["h", 1], 4],
    [["127.0.0.1", 1], 4],
    [["h", 1, 0, 0], 6],
    [["::1", 1], 6],
  ] as const)("made of %j is of the family %i (CONN-25, CONN-26)", (parts, family) => {
    expect(Address.of(parts).family).toBe(family);
    expect(isIPv6Address(Address.of(parts))).toBe(family === 6);
  });

  it.each(["127.0.0.1", "::1"])("is that of a socket's other end, at %s (CONN-27)", async (host) => {
    const server = createServer((socket) => socket.on("error", () => {})).listen(0, host);
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const socket = new Socket().connect(port, host);
    await new Promise((resolve) => socket.once("connect", resolve));
    const address = Address.fromSocket(socket);
    expect(address.equals(host === "::1" ? [host, port, 0, 0] : [host, port])).toBe(true);
    socket.destroy();
    server.close();
    expect(() => Address.fromSocket(new Socket())).toThrow(/isn't connected/);
  });

  it.each([
    ["localhost:7687", {}, ["localhost", 7687]],
    ["[::1]:7687", {}, ["::1", 7687, 0, 0]],
    ["localhost", {}, ["localhost", 0]],
    ["localhost", { defaultPort: 1234 }, ["localhost", 1234]],
    ["", {}, ["localhost", 0]],
    ["", { defaultHost: "h", defaultPort: "bolt" }, ["h", "bolt"]],
    [":99", {}, ["localhost", 99]],
    ["[::1]", {}, ["::1", 0, 0, 0]],
    ["[]:1", { defaultHost: "h" }, ["h", 1]],
    ["host:", { defaultPort: 5 }, ["host", 5]],
    ["host:http", {}, ["host", "http"]],
  ])("%j is read with %j (CONN-28)", (text, defaults, parts) => {
    expect([...Address.parse(text, defaults)]).toEqual(parts);
  });

  it("is read from text only, and from nothing with more in it (CONN-28)", () => {
    expect(() => Address.parse(7687 as never)).toThrow(TypeError);
    for (const text of ["::1", "a:1:2", "[::1", "::1]:5"]) expect(() => Address.parse(text)).toThrow(RangeError);
  });

  it.each([[["localhost:7687", "[::1]:7687"]], ["localhost:7687 [::1]:7687"], [" localhost:7687\n[::1]:7687 "]])(
    "can be one of several, as in %j (CONN-29)",
    (input) => {
      expect(Address.parseList(input).map(String)).toEqual(["localhost:7687", "[::1]:7687"]);
      expect(Address.parseList("a b", { defaultPort: 9 }).map(String)).toEqual(["a:9", "b:9"]);
    },
  );

  it.each([
    [7687, 7687],
    ["7687", 7687],
    ["http", 80],
    ["https", 443],
    ["bolt", 7687],
  ])("keeps its port as it was given, %j, and knows its number (CONN-30, CONN-31)", (port, number) => {
    const address = Address.of(["localhost", port]);
    expect([address.host, address.port, address.portNumber]).toEqual(["localhost", port, number]);
  });

  it.each(["banana-protocol", "constructor", -1, 65_536, 1.5, "70000"])(
    "has no number for the port %j (CONN-31)",
    (port) => {
      expect(() => Address.of(["localhost", port]).portNumber).toThrow(RangeError);
      expect(() => Address.of(["localhost", [] as never])).toThrow(TypeError);
    },
  );
});
