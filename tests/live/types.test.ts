/** What becomes of values on their way through a real server; `values.ts` goes to every version of Bolt, these go to one. */
import {
  auth,
  cartesianPoint,
  columns,
  DateTime,
  Date as Day,
  type Driver,
  Duration,
  driver,
  float,
  isPoint,
  list,
  type Node,
  ndarray,
  ParameterError,
  Point,
  rows,
  timestampColumn,
  wgs84Point,
} from "@fulgur/neo4j-driver";
import { tableFromArrays, vectorFromArray } from "apache-arrow";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyServer, type Server } from "./server.ts";
import { standardTemporals, temporals } from "./temporal-values.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

const answer = async (query: string, parameters: Record<string, unknown> = {}): Promise<unknown[]> => {
  const { records } = await db.executeQuery(query, parameters);
  return [...records[0]!];
};
const echo = async (value: unknown): Promise<unknown> => (await answer("RETURN $value", { value }))[0];
/** The Cypher type that the server sees, without what it says about null. */
const typeOf = async (value: unknown): Promise<string> =>
  String((await answer("RETURN valueType($value)", { value }))[0]).replaceAll(" NOT NULL", "");

const sizes = [0, 15, 16, 255, 256, 65_535, 65_536];

describe("Cypher's own values, to a real server and back", () => {
  it("null is null, also in lists and maps (MAP-01)", async () => {
    expect(await answer("RETURN null, [null, 1], {a: null}")).toEqual([null, [null, 1], { a: null }]);
    expect(await echo({ list: [null], a: null })).toEqual({ list: [null], a: null });
    expect(await answer("RETURN $value IS NULL, size($list)", { value: null, list: [null] })).toEqual([true, 1]);
  });

  it("booleans are BOOLEAN (MAP-02)", async () => {
    expect(await answer("RETURN true, false, $t AND NOT $f", { t: true, f: false })).toEqual([true, false, true]);
    expect(await typeOf(true)).toBe("BOOLEAN");
    await expect(echo(new Boolean(true))).rejects.toThrow(ParameterError);
  });

  it("integers are exact to both limits, and refused beyond them (MAP-03)", async () => {
    const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
    expect(await answer("RETURN -9223372036854775808, 9223372036854775807, $most - 1", { most })).toEqual([
      least,
      most,
      most - 1n,
    ]);
    for (const value of [least, most, 2 ** 53 - 1, 2n ** 53n, 2n ** 53n + 1n, -(2 ** 53) + 1, -(2n ** 53n) - 1n]) {
      expect(await echo(value)).toBe(value);
      expect(await typeOf(value)).toBe("INTEGER");
    }
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n]) await expect(echo(value)).rejects.toThrow(/64 bits/);
  });

  it("floats are FLOAT, of every kind (MAP-04)", async () => {
    const all = [0.1, Number.NaN, Infinity, -Infinity, -0, Number.MAX_VALUE, Number.MIN_VALUE, -Number.MAX_VALUE];
    for (const value of all) {
      expect(await echo(value)).toBe(value);
      expect(await typeOf(value)).toBe("FLOAT");
    }
    expect(await answer("RETURN 1.0, valueType($whole), 5 / $two", { whole: float(1), two: float(2) })).toEqual([
      1,
      "FLOAT NOT NULL",
      2.5,
    ]);
  });

  it("strings of any length and any characters are STRING (MAP-05)", async () => {
    for (const size of sizes) {
      for (const value of ["x".repeat(size), "é".repeat(Math.floor(size / 2)) + (size % 2 ? "x" : "")]) {
        expect(Buffer.byteLength(value)).toBe(size);
        expect(await answer("RETURN $value, size($value)", { value })).toEqual([value, value.length]);
      }
    }
    expect(await answer("RETURN $value, $value = '𝄞 🦊\\u0000', '\\uD834\\uDD1E'", { value: "𝄞 🦊\0" })).toEqual([
      "𝄞 🦊\0",
      true,
      "𝄞",
    ]);
    await expect(echo("half \ud83d")).rejects.toThrow(/surrogate/);
  });

  it("bytes pass through, whatever holds them (MAP-06, MAP-11)", async () => {
    for (const size of [0, 255, 256, 65_536]) {
      const value = Uint8Array.from({ length: size }, (_, i) => i);
      const back = await echo(value);
      expect(Object.getPrototypeOf(back)).toBe(Uint8Array.prototype);
      expect(back).toEqual(value);
    }
    const { buffer } = Uint8Array.of(0, 1, 2, 3);
    const same = [Buffer.from(buffer, 1, 2), new DataView(buffer, 1, 2), new Uint8Array(buffer, 1, 2)];
    for (const value of [...same, buffer.slice(1, 3)]) expect(await echo(value)).toEqual(Uint8Array.of(1, 2));
  });

  it("lists nest, mix and have any length; a hole is refused (MAP-07)", async () => {
    for (const size of sizes) {
      const value = Array.from({ length: size }, (_, i) => i);
      expect(await answer("RETURN $value, size($value)", { value })).toEqual([value, size]);
    }
    const mixed = [[], [[1, "a"]], true, null, { b: [0.5] }];
    expect(await echo(mixed)).toEqual(mixed);
    // biome-ignore lint/suspicious/noSparseArray: that is what is tested
    await expect(echo([1, , 2])).rejects.toThrow(/value\[1\]/);
  });

  it("maps have any keys and any size, and pollute nothing (MAP-08)", async () => {
    for (const size of [0, 15, 16, 255, 256]) {
      const value = Object.fromEntries(Array.from({ length: size }, (_, i) => [`key ${i}`, i]));
      expect(await echo(value)).toEqual(value);
    }
    const odd = JSON.parse('{"z": 1, "__proto__": {"polluted": true}, "constructor": 2, "": 3, "1": 4}') as object;
    const [back, keys] = (await answer("RETURN $odd, keys($odd)", { odd })) as [object, string[]];
    expect(Object.entries(back).sort()).toEqual(Object.entries(odd).sort());
    // The server's order, but for what JavaScript puts first: whole numbers.
    expect(Object.keys(back)).toEqual(["1", ...keys.filter((key) => key !== "1")]);
    expect([Reflect.get({}, "polluted"), Object.getPrototypeOf(back)]).toEqual([undefined, Object.prototype]);
  });
});

describe("JavaScript's other collections, to a real server and back", () => {
  it("tuples and Sets are LIST, and come back as arrays (MAP-10, MAP-15, MAP-16)", async () => {
    const tuple = ["foo", "bar"] as const;
    for (const value of [Object.freeze([...tuple]), new Set(tuple)]) {
      const back = await echo(value);
      expect(Array.isArray(back)).toBe(true);
      expect(back).toStrictEqual(["foo", "bar"]);
    }
    expect(await echo(new Map([["a", new Set([1])]]))).toStrictEqual({ a: [1] });
  });

  it("typed arrays are LISTs of INTEGER or FLOAT (MAP-12)", async () => {
    const whole = [Int8Array, Int16Array, Int32Array, Uint8ClampedArray, Uint16Array, Uint32Array];
    for (const value of [...whole.map((kind) => kind.of(1, 2)), BigInt64Array.of(1n, 2n), BigUint64Array.of(1n, 2n)]) {
      expect(await echo(value)).toStrictEqual([1, 2]);
      expect(await typeOf(value)).toBe("LIST<INTEGER>");
    }
    for (const value of [Float32Array.of(1, 2.5), Float64Array.of(1, 2.5)]) {
      expect(await echo(value)).toStrictEqual([1, 2.5]);
      expect(await typeOf(value)).toBe("LIST<FLOAT>");
    }
    expect(await echo(list(Uint8Array.of(1, 2)))).toStrictEqual([1, 2]);
    expect(await typeOf(ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]))).toBe("LIST<LIST<FLOAT>>");
    await expect(echo(BigUint64Array.of(2n ** 63n))).rejects.toThrow(/64 bits/);
  });

  it("tables are maps of lists, or lists of maps (MAP-13)", async () => {
    const table = { id: Int32Array.of(1, 2), name: ["a", null], score: Float64Array.of(1, 2.5) };
    const same = { id: [1, 2], name: ["a", null], score: [1, 2.5] };
    expect(await echo(columns(table))).toEqual(same);
    expect(await echo(tableFromArrays(table))).toEqual(same);
    const query = "UNWIND $rows AS row RETURN collect([row.id, row.name, valueType(row.score)])";
    expect(await answer(query, { rows: rows(table) })).toEqual([
      [
        [1, "a", "FLOAT NOT NULL"],
        [2, null, "FLOAT NOT NULL"],
      ],
    ]);
    expect(() => columns({ a: [1, 2], b: [1] })).toThrow(ParameterError);
  });

  it("vectors of Apache Arrow are LISTs (MAP-14)", async () => {
    expect(await echo(vectorFromArray(["x", null, "x"]))).toEqual(["x", null, "x"]);
    expect(await typeOf(vectorFromArray([1, 2]))).toBe("LIST<FLOAT>");
    expect(await echo(timestampColumn([0n, null, -1n], "ms"))).toEqual([
      DateTime.parse("1970-01-01T00:00Z"),
      null,
      DateTime.parse("1969-12-31T23:59:59.999Z"),
    ]);
  });
});

describe("points, to a real server and back", () => {
  it("come as the server makes them (SPA-01, SPA-02, SPA-03)", async () => {
    const made = await answer(
      `RETURN point({x: 1, y: -2.5}), point({x: 1, y: 2, z: 3}), point({longitude: 12.5, latitude: 55.5}),
        point({longitude: 12.5, latitude: 55.5, height: 100})`,
    );
    expect(made).toEqual([
      cartesianPoint(1, -2.5),
      cartesianPoint(1, 2, 3),
      wgs84Point(12.5, 55.5),
      wgs84Point(12.5, 55.5, 100),
    ]);
    expect(made.map((point) => (point as Point).srid)).toEqual([7203, 9157, 4326, 4979]);
    const [, , , high] = made as Point[];
    expect([high!.longitude, high!.latitude, high!.height]).toEqual([12.5, 55.5, 100]);
    for (const point of made) expect(await echo(point)).toEqual(point);
    expect(await answer("RETURN $p.crs, $p.z", { p: new Point(9157, 1, 2, 3) })).toEqual(["cartesian-3d", 3]);
  });

  it("are stored as properties, and measured (SPA-07)", async () => {
    const p = wgs84Point(12.5, 55.5);
    const [node, distance] = await answer(
      "CREATE (n:TypesTest) SET n.loc = $p, n.route = [$p, $q] RETURN n, point.distance(n.loc, $q)",
      { p, q: wgs84Point(12.5, 56.5) },
    );
    expect((node as Node).properties).toEqual({ loc: p, route: [p, wgs84Point(12.5, 56.5)] });
    expect(isPoint((node as Node).properties["loc"])).toBe(true);
    expect(distance).toBeGreaterThan(111_000);
    expect(distance).toBeLessThan(112_000);
    const found = "MATCH (n:TypesTest) WHERE n.loc = $p DETACH DELETE n RETURN count(*)";
    expect(await answer(found, { p })).toEqual([1]);
  });
});

describe("temporal values, to a real server and back", () => {
  it.each(temporals)(
    "%s comes back as it went, and reads as it does on the server (TMP-01, TMP-09, TMP-10)",
    async (...[, value, type]) => {
      expect(await typeOf(value)).toBe(type);
      const [back, text] = await answer("RETURN $value, toString($value)", { value });
      expect(back).toEqual(value);
      const { parse } = value.constructor as unknown as { parse(text: string): unknown };
      expect(parse(text as string)).toEqual(value);
    },
  );

  it("the parts of a value are what the server finds in it (TMP-02)", async () => {
    const value = new DateTime(2024, 2, 29, 12, 34, 56, 999_999_999, 5400);
    expect(await answer("RETURN $v.year, $v.nanosecond, $v.offsetSeconds, $v.epochSeconds", { v: value })).toEqual([
      value.year,
      value.nanosecond,
      value.timeZoneOffsetSeconds,
      value.epochSeconds,
    ]);
    const duration = new Duration(14, -3, -2, 500_000_000);
    expect(await answer("RETURN $d.months, $d.days, $d.seconds, $d.nanosecondsOfSecond", { d: duration })).toEqual([
      duration.months,
      duration.days,
      duration.seconds,
      duration.nanoseconds,
    ]);
  });

  it.each(["Europe/Stockholm", "UTC", "Asia/Kathmandu", "America/St_Johns"])(
    "the zone %s is kept, in summer, in winter, and in an hour that comes twice (TMP-04, TMP-05)",
    async (zone) => {
      const instants = ["2024-07-01T12:00Z", "2024-01-01T12:00Z", "2024-10-27T00:30Z", "2024-10-27T01:30Z"];
      for (const text of [...instants, "2024-11-03T04:30Z", "2024-11-03T05:30Z"]) {
        const value = DateTime.parse(text).withTimeZone(zone);
        const query = "RETURN $value, $value.timezone, $value.offsetSeconds, datetime($text)";
        const [back, name, offset, parsed] = await answer(query, { value, text: String(value) });
        expect([back, name, offset]).toEqual([value, zone, value.timeZoneOffsetSeconds]);
        expect(parsed).toEqual(value);
      }
    },
  );

  it.each(standardTemporals)("JavaScript's %s arrives as what it is (TMP-03)", async (_, value, type, same) => {
    expect(await typeOf(value)).toBe(type);
    expect(await answer("RETURN $value, $value = $same", { value, same })).toEqual([same, true]);
  });

  it("objects of Temporal come out where they are asked for (TMP-03)", async () => {
    await using other = driver(server.uri, auth.basic(server.username, server.password), {
      temporal: { implementation: Temporal },
    });
    const { records } = await other.executeQuery("RETURN date('2024-02-29') AS d, duration('P1D') AS p");
    expect(records[0]!.get("d")).toBeInstanceOf(Temporal.PlainDate);
    expect(String(records[0]!.get("p"))).toBe("P1D");
  });

  it("sums are the server's sums, over ends of months and changes of clocks (TMP-08, TMP-10, TMP-11)", async () => {
    const durations = ["P1M", "P-1M", "P1D", "PT24H", "P1M1DT-0.000000001S"].map(Duration.parse);
    const days = ["2024-01-31", "2024-02-29", "2023-12-31"].map(Day.parse);
    const zoned = ["2024-03-30T02:30[Europe/Paris]", "2024-10-26T02:30[Europe/Paris]"].map(DateTime.parse);
    for (const duration of durations) {
      for (const at of zoned) {
        expect(await answer("RETURN $at + $duration", { at, duration })).toEqual([at.plus(duration)]);
      }
      if (Number(duration.seconds) !== 0) continue;
      for (const day of days) {
        expect(await answer("RETURN $day + $duration", { day, duration })).toEqual([day.plus(duration)]);
      }
    }
  });
});
