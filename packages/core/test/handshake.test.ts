import { boltVersions } from "@fulgur/neo4j-codec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { BoltProtocolError } from "../src/errors/bolt-protocol-error.ts";
import { UnsupportedServerProduct } from "../src/errors/configuration-errors.ts";
import { readVarint } from "../src/handshake/manifest.ts";
import { Negotiation } from "../src/handshake/negotiate.ts";

const bytes = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (given: Uint8Array) => Buffer.from(given).toString("hex");
const neo4j2026 = "000001ff 04 00040404 00040405 00020805 00010106 00";

/** Feeds it in pieces, and gives the last result. */
function negotiate(answer: string, versions?: (typeof boltVersions)[number][], sizes: number[] = []) {
  const negotiation = new Negotiation("h:7687", versions);
  let rest = bytes(answer);
  let result: ReturnType<Negotiation["receive"]>;
  for (const size of [...sizes, rest.length]) {
    const piece = rest.subarray(0, size);
    rest = rest.subarray(size);
    result = negotiation.receive(piece) ?? result;
  }
  return result;
}

describe("what a client says first", () => {
  it("is the magic and the spec's proposals, the manifest first", () => {
    expect(hex(new Negotiation("h:7687").opening())).toBe("6060b017000001ff000208050004040500000404");
  });

  it("is what a choice of versions needs", () => {
    expect(hex(new Negotiation("h:7687", ["4.4"]).opening())).toBe("6060b017000001ff000004040000000000000000");
    expect(hex(new Negotiation("h:7687", ["5.3", "6.1", "5.4", "6.0"]).opening())).toBe(
      "6060b017000001ff000101060001040500000000",
    );
  });
});

describe("a server's choice", () => {
  it.each(boltVersions)("of %s is accepted", (version) => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const answer = Buffer.from([0, 0, minor, major]).toString("hex");
    expect(negotiate(answer)).toMatchObject({ version });
    expect(negotiate(answer)?.reply).toHaveLength(0);
  });

  it("may come with the beginning of what follows", () => {
    expect(hex(negotiate("00000404 0002b170")!.rest)).toBe("0002b170");
  });
});

describe("a manifest", () => {
  it("of Neo4j 2026.09 leads to the newest version", () => {
    const { version, reply, rest } = negotiate(`${neo4j2026} 0102`)!;
    expect(version).toBe("6.1");
    expect(hex(reply)).toBe("0000010600");
    expect(hex(rest)).toBe("0102");
  });

  it("leads to the newest version that is allowed", () => {
    expect(negotiate(neo4j2026, ["5.3", "4.4"])).toMatchObject({ version: "5.3" });
    expect(hex(negotiate(neo4j2026, ["4.4"])!.reply)).toBe("0000040400");
  });

  it("may have versions and capabilities that nobody knows yet", () => {
    expect(negotiate("000001ff 02 00000909 00000805 ff827100")?.version).toBe("5.8");
    expect(negotiate("000001ff 01 00000805 ffffffffffffffffff01")?.version).toBe("5.8");
  });

  it("may arrive in any pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 })), (sizes) => {
        expect(negotiate(neo4j2026, undefined, sizes)?.version).toBe("6.1");
      }),
    );
  });

  it("has numbers of up to 64 bits, and no longer ones", () => {
    expect(readVarint(bytes("00"), 0)).toEqual({ value: 0n, end: 1 });
    expect(readVarint(bytes("7f"), 0)?.value).toBe(127n);
    expect(readVarint(bytes("8001"), 0)?.value).toBe(128n);
    expect(readVarint(bytes("ff8271"), 0)?.value).toBe(1_851_775n);
    expect(readVarint(bytes("8000"), 0)?.value).toBe(0n);
    expect(readVarint(bytes("ffffffffffffffffff01"), 0)?.value).toBe(2n ** 64n - 1n);
    expect(readVarint(bytes("80"), 0)).toBeUndefined();
    expect(() => readVarint(bytes("ffffffffffffffffff02"), 0)).toThrow(BoltProtocolError);
    expect(() => readVarint(bytes("8080808080808080808000"), 0)).toThrow(BoltProtocolError);
  });
});

describe("a handshake that fails", () => {
  it.each([
    ["an answer in HTTP", "48545450 2f312e31", ServiceUnavailable, /HTTP.*7687/],
    ["a TLS alert", "15030300 020250", ServiceUnavailable, /encryption.*bolt\+s/],
    ["no version in common", "00000000", UnsupportedServerProduct, /none of.*4\.4.*6\.1/],
    ["a manifest without a common version", "000001ff 01 00000003 00", UnsupportedServerProduct, /speaks Bolt 3\.0/],
    ["an empty manifest", "000001ff 00 00", UnsupportedServerProduct, /no version/],
    ["a manifest of another version", "000002ff 00 00", BoltProtocolError, /manifest of version 2/],
    ["a version that was not offered", "00000505", BoltProtocolError, /wasn't offered.*00 00 05 05/],
    ["an older version", "00000003", BoltProtocolError, /wasn't offered/],
    ["a range instead of a version", "00010805", BoltProtocolError, /wasn't offered/],
    ["a reserved byte", "01000805", BoltProtocolError, /wasn't offered/],
    ["something else", "53534820", BoltProtocolError, /53 53 48 20/],
    ["a manifest with too many versions", "000001ff ff7f", BoltProtocolError, /16383 versions/],
    ["a manifest with an endless number", "000001ff ffffffffffffffffffff", BoltProtocolError, /64 bits/],
  ])("%s is a named error", (_, answer, errorClass, message) => {
    expect(() => negotiate(answer)).toThrow(errorClass);
    expect(() => negotiate(answer)).toThrow(message);
    expect(() => negotiate(answer)).toThrow(/h:7687|manifest/);
  });

  it("because the server says nothing may succeed later", () => {
    const error = new Negotiation("h:7687").ended(new Error("reset")) as ServiceUnavailable;
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.isRetryable()).toBe(true);
    expect(error.message).toMatch(/handshake/);
    expect(error.cause).toMatchObject({ message: "reset" });
  });

  it.each([1, 2, 3, 4, 7, 12])("because the server closes after %i bytes breaks the protocol", (size) => {
    const negotiation = new Negotiation("h:7687");
    expect(negotiation.receive(bytes(neo4j2026).subarray(0, size))).toBeUndefined();
    expect(negotiation.ended()).toBeInstanceOf(BoltProtocolError);
  });

  it("is refused with a choice that the choice of versions doesn't hold", () => {
    expect(() => negotiate("00000106", ["4.4"])).toThrow(BoltProtocolError);
    expect(() => negotiate("000001ff 01 00000106 00", ["4.4"])).toThrow(UnsupportedServerProduct);
  });
});
