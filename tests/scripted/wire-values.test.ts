/** Values whose bytes are in the script: what a driver reads in them, and that it writes the same. */
import type { BoltVersion } from "@fulgur/neo4j-core";
import {
  BrokenRecordError,
  type Config,
  DateTime,
  Date as Day,
  Duration,
  LocalDateTime,
  LocalTime,
  ParameterError,
  Point,
  Time,
  UnsupportedType,
  UUID,
  type Vector,
  vector,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { map, packed, record, structure, text } from "./packed.ts";
import { failureOf, play } from "./play.ts";

interface Said {
  readonly version: BoltVersion;
  readonly patches?: readonly string[];
  readonly config?: Config;
}

/** Reads a value that is one of three in a record; sends it as a parameter; gives it, and what the parameters' bytes were. */
async function echo(bytes: readonly number[], { version, patches = [], config = {} }: Said) {
  return play(
    async (peer) => {
      await peer.login(patches.length === 0 ? {} : { patch_bolt: patches });
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.success({ fields: ["before", "value", "after"] });
      peer.packed(record([1], bytes, text("end")));
      peer.success();
      await peer.result();
      await peer.closed();
    },
    async (db, { peers }) => {
      const session = db.session();
      const { records } = await session.run("RETURN 1");
      expect([records[0]!.get("before"), records[0]!.get("after")]).toEqual([1, "end"]);
      const value = records[0]!.get("value");
      await session.run("RETURN $value", { value });
      return { value, sent: Buffer.concat(peers[0]!.pieces).toString("hex") };
    },
    { version, patches, config },
  );
}

const engines = ["wasm", "plain"] as const;
const one = "c1 3ff0000000000000";
const two = "c1 4000000000000000";
const repeated = [2024, 10, 27, 2, 30, 0, 1] as const;

const everywhere: readonly (readonly [what: string, bytes: readonly number[], value: unknown])[] = [
  ["null (MAP-01)", packed("c0"), null],
  ["null in a list and a map (MAP-01)", packed("92 c0", map({ a: packed("c0") })), [null, { a: null }]],
  ["true (MAP-02)", packed("c3"), true],
  ["false (MAP-02)", packed("c2"), false],
  ["a float, in nine bytes (MAP-04)", packed("c1 3fb999999999999a"), 0.1],
  ["NaN (MAP-04)", packed("c1 7ff8000000000000"), Number.NaN],
  ["-Infinity (MAP-04)", packed("c1 fff0000000000000"), Number.NEGATIVE_INFINITY],
  ["-0 (MAP-04)", packed("c1 8000000000000000"), -0],
  ["a Date (TMP-01)", packed("b1 44 c9 4d5a"), new Day(2024, 3, 20)],
  ["a Time (TMP-01)", packed("b2 54 01 05"), Time.parse("00:00:00.000000001+00:00:05")],
  ["a LocalTime (TMP-01)", packed("b1 74 cb 00004e94914effff"), LocalTime.MAX],
  [
    "a LocalDateTime to the nanosecond (TMP-01, TMP-02)",
    packed("b2 64 ff ca 3b9ac9ff"),
    new LocalDateTime(1969, 12, 31, 23, 59, 59, 999_999_999),
  ],
  ["a Duration of mixed signs (TMP-01)", packed("b4 45 ff fe fd 04"), new Duration(-1, -2, -3, 4)],
  ["a point in a plane (SPA-01)", packed("b3 58 c9 1c23", one, two), new Point(7203, 1, 2)],
  ["a point in space (SPA-01)", packed("b4 59 c9 23c5", one, two, one), new Point(9157, 1, 2, 1)],
  ["a point of a system that nobody knows (SPA-01)", packed("b3 58 05", one, two), new Point(5, 1, 2)],
];

describe.each(engines)("with the %s engine", (engine) => {
  const config = { engine };

  it.each(everywhere)("%s is read and written as it was", async (_, bytes, value) => {
    for (const version of ["4.4", "5.0", "6.1"] as const) {
      const { value: seen, sent } = await echo(bytes, { version, config });
      expect(seen).toEqual(value);
      expect(sent).toContain(Buffer.from(bytes).toString("hex"));
    }
  });

  const inUtc = packed("b3 49 ff 00 02");
  const byTheClock = packed("b3 46 01 00 02");
  const offset = DateTime.parse("1970-01-01T00:00:01+00:00:02");
  const zoneInUtc = packed("b3 69 ca 671d9798 01", text("Europe/Paris"));
  const later = new DateTime(...repeated, 3600, "Europe/Paris");
  const laterByOffset = new DateTime(...repeated, 3600);

  it.each<[string, Said, readonly number[], DateTime]>([
    ["counts in UTC from 5.0 on", { version: "5.0" }, inUtc, offset],
    ["counts in UTC in 4.4 when both sides agreed to", { version: "4.4", patches: ["utc"] }, inUtc, offset],
    ["counts by the clock in 4.4 otherwise", { version: "4.4" }, byTheClock, offset],
    ["in the hour that clocks show twice is exact in UTC", { version: "6.1" }, zoneInUtc, later],
    [
      "in the hour that clocks show twice is exact by the clock, if it has an offset",
      { version: "4.4" },
      packed("b3 46 ca 671da5a8 01 c9 0e10"),
      laterByOffset,
    ],
  ])("a DateTime %s (TMP-01, TMP-05)", async (_, said, bytes, value) => {
    const { value: seen, sent } = await echo(bytes, { ...said, config });
    expect(seen).toEqual(value);
    expect(sent).toContain(Buffer.from(bytes).toString("hex"));
  });

  it.each([
    ["a zone that nobody knows (TMP-06)", packed("b3 69 00 00", text("Mars/Phobos")), /"Mars\/Phobos" is not known/],
    ["a plane's point in space (SPA-04)", packed("b4 59 c9 1c23", one, two, one), /srid 7203 has 2 coordinates, not 3/],
  ])("%s breaks its field only, and the error's cause says why", async (_, bytes, why) => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["value", "after"] });
        peer.packed(record(bytes, text("end")));
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const { records } = await db.session().run("RETURN 1");
        expect(records[0]!.get("after")).toBe("end");
        let broken: Error | undefined;
        try {
          records[0]!.get("value");
        } catch (error) {
          broken = error as Error;
        }
        expect(broken).toBeInstanceOf(BrokenRecordError);
        expect((broken!.cause as Error).message).toMatch(why);
      },
      { config },
    );
  });

  const vectors: readonly (readonly [string, number, string, Vector])[] = [
    ["INT8", 0xc8, "01fe", vector(Int8Array.of(1, -2))],
    ["INT16", 0xc9, "0001fffe", vector(Int16Array.of(1, -2))],
    ["INT32", 0xca, "00000001fffffffe", vector(Int32Array.of(1, -2))],
    ["INT64", 0xcb, "0000000000000001fffffffffffffffe", vector(BigInt64Array.of(1n, -2n))],
    ["FLOAT32", 0xc6, "3f800000c0000000", vector(Float32Array.of(1, -2))],
    ["FLOAT64", 0xc1, "3ff0000000000000c000000000000000", vector(Float64Array.of(1, -2))],
  ];

  it.each(vectors)("a vector of %s is read and written as it was (MAP-18)", async (_, element, data, value) => {
    const bytes = structure("V", packed("cc 01", [element]), packed("cc", [data.length / 2], data));
    for (const version of ["6.0", "6.1"] as const) {
      const { value: seen, sent } = await echo(bytes, { version, config });
      expect(seen).toEqual(value);
      expect(sent).toContain(Buffer.from(bytes).toString("hex"));
    }
  });

  it("a UUID is read and written as it was (MAP-18)", async () => {
    const bytes = packed("e0 00112233445566778899aabbccddeeff");
    const { value, sent } = await echo(bytes, { version: "6.1", config });
    expect(value).toEqual(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    expect(sent).toContain(Buffer.from(bytes).toString("hex"));
  });

  it("a type that this driver can't know says what it is and which version has it; it can't be sent (MAP-18)", async () => {
    const bytes = structure("?", text("NEW"), [7], [0], map({ message: text("update") }));
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["value"] });
        peer.packed(record(bytes));
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const { records } = await session.run("RETURN 1");
        const value = records[0]!.get("value");
        expect(value).toBeInstanceOf(UnsupportedType);
        expect(value).toMatchObject({
          name: "NEW",
          minimumProtocolVersion: { major: 7, minor: 0 },
          message: "update",
        });
        const error = await failureOf(session.run("RETURN $value", { value: [value] }));
        expect(error).toBeInstanceOf(ParameterError);
        expect(error.message).toMatch(/value\[0\] can't be sent: an UnsupportedType stands for/);
      },
      { version: "6.0", config },
    );
  });

  it.each([
    ["a vector", "5.8", vector([1, 2]), /Vector needs Bolt 6\.0, this connection speaks 5\.8/],
    ["a UUID", "6.0", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), /UUID needs Bolt 6\.1/],
  ] as const)("%s is refused before it is sent to an older server (MAP-18)", async (_, version, value, why) => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.closed();
      },
      async (db) => {
        const error = await failureOf(db.session().run("RETURN $value", { value: [value] }));
        expect(error).toBeInstanceOf(ParameterError);
        expect(error.message).toMatch(why);
      },
      { version, config },
    );
  });
});
