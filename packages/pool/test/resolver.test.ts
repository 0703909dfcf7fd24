import {
  Address,
  AuthError,
  BoltProtocolError,
  ConfigurationError,
  ServiceUnavailable,
  UnsupportedServerProduct,
} from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { openResolved, type Resolver, type UnresolvedAddress } from "../src/resolver.ts";

/** The addresses that are tried when all but the last fail. */
async function tried(resolver: Resolver | undefined, works: (address: string) => boolean = () => true) {
  const addresses: string[] = [];
  const opened = await openResolved(resolver, "example.com:9999", async (address) => {
    addresses.push(address);
    if (works(address)) return address;
    throw new ServiceUnavailable(`${address} is down.`);
  });
  return { addresses, opened };
}

describe("a resolver", () => {
  it("is not needed (DRV-26)", async () => {
    expect(await tried(undefined)).toEqual({ addresses: ["example.com:9999"], opened: "example.com:9999" });
  });

  it("is given the address as it is known: host and port by name, as a pair and as text (CONN-33, OLD-13)", async () => {
    let seen: UnresolvedAddress | undefined;
    const { addresses } = await tried((address) => {
      seen = address;
      const [host, port] = address;
      return [[String(host), Number(port) + 1]];
    });
    expect(addresses).toEqual(["example.com:10000"]);
    expect(seen).toBeInstanceOf(Address);
    expect(seen?.equals(["example.com", 9999])).toBe(true);
    expect([...seen!]).toEqual(["example.com", 9999]);
    expect(seen).toMatchObject({ host: "example.com", port: 9999 });
    expect(String(seen)).toBe("example.com:9999");
  });

  it.each<[string, Resolver, string[]]>([
    ["a text", () => "one:1", ["one:1"]],
    ["a text without a port", () => "one", ["one:7687"]],
    ["a pair", () => ["one", 1], ["one:1"]],
    ["host and port", () => ({ host: "one", port: 1 }), ["one:1"]],
    ["an Address", () => Address.of(["one", 1]), ["one:1"]],
    ["Addresses", () => [Address.parse("one", { defaultPort: 1 }), Address.parse("[::1]:2")], ["one:1", "[::1]:2"]],
    ["an Address whose port is a service", () => [Address.of(["one", "bolt"])], ["one:7687"]],
    ["a pair with an IPv6 address", () => ["::1", 7687], ["[::1]:7687"]],
    ["an address of one network interface", () => [["fe80::1", 7687, 0, 3]], ["[fe80::1%3]:7687"]],
    ["a list", () => ["one:1", ["two", 2], { host: "three", port: 3 }], ["one:1", "two:2", "three:3"]],
    ["four parts of an IPv6 address", () => [["::1", 7687, 0, 0]], ["[::1]:7687"]],
    ["a Set", () => new Set(["one:1"]), ["one:1"]],
    ["a promise", async () => [["one", 1]], ["one:1"]],
    [
      "a generator",
      function* () {
        yield "one:1";
        yield ["two", 2];
      },
      ["one:1", "two:2"],
    ],
    [
      "an async generator",
      async function* () {
        yield "one:1";
        yield ["two", 2];
      },
      ["one:1", "two:2"],
    ],
  ])(
    "may give %s, whose addresses are tried in their order (CONN-32, OLD-13, OLD-30)",
    async (_, resolver, expected) => {
      const { addresses, opened } = await tried(resolver, (address) => address === expected.at(-1));
      expect(addresses).toEqual(expected);
      expect(opened).toBe(expected.at(-1));
    },
  );

  it("that fails is the cause of a ServiceUnavailable (CONN-35, OLD-30)", async () => {
    const reason = new Error("no such name");
    for (const resolver of [() => Promise.reject(reason), () => [reason].map((error) => raise(error))]) {
      await expect(tried(resolver)).rejects.toThrow(ServiceUnavailable);
      await expect(tried(resolver)).rejects.toMatchObject({ cause: reason });
      await expect(tried(resolver)).rejects.toThrow(/example\.com:9999.*no such name/);
    }
  });

  it("that gives nothing is a ServiceUnavailable", async () => {
    await expect(tried(() => [])).rejects.toThrow(/resolver` gave no address for example\.com:9999/);
  });

  it.each([
    [[5]],
    [undefined],
    [[["one"]]],
    [[["one", 1, 2]]],
    [[Address.of(["one", "gopher"])]],
    [[{ host: "one" }]],
    [7],
  ])("that gives %j is a ConfigurationError that says what it may give", async (given) => {
    await expect(tried((() => given) as never)).rejects.toThrow(ConfigurationError);
    await expect(tried((() => given) as never)).rejects.toThrow(/"host:port"/);
  });

  it("whose addresses are all down tells of each of them", async () => {
    const all = tried(
      () => ["one:1", "two:2"],
      () => false,
    );
    await expect(all).rejects.toThrow(/one:1 is down\. two:2 is down\./);
    await expect(all).rejects.toMatchObject({ cause: { errors: [{ message: "one:1 is down." }, expect.anything()] } });
  });

  it.each([
    new ServiceUnavailable("its certificate has expired"),
    new BoltProtocolError("it doesn't speak Bolt"),
    new UnsupportedServerProduct("it speaks Bolt 3"),
  ])("leads to the next address when one lets itself be reached, and then: %s (CONN-32)", async (failure) => {
    const opened = await openResolved(
      () => ["one:1", "two:2"],
      "example.com:9999",
      async (address) => {
        if (address === "one:1") throw failure;
        return address;
      },
    );
    expect(opened).toBe("two:2");
  });

  it("isn't asked for a second address after a wrong password", async () => {
    const addresses: string[] = [];
    const opening = openResolved(
      () => ["one:1", "two:2"],
      "example.com:9999",
      async (address) => {
        addresses.push(address);
        throw new AuthError("no", { code: "Neo.ClientError.Security.Unauthorized" });
      },
    );
    await expect(opening).rejects.toThrow(AuthError);
    expect(addresses).toEqual(["one:1"]);
  });
});

function raise(error: Error): never {
  throw error;
}
