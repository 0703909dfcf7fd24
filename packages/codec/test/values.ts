import {
  Date,
  DateTime,
  Duration,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  Point,
  Relationship,
  Time,
  UnboundRelationship,
  UnsupportedType,
  UUID,
  vector,
} from "@fulgur/neo4j-types";
import fc from "fast-check";

/** Whole numbers as they come out: numbers when safe, else bigints. */
export const integers = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value));

/** Numbers that are sent as FLOAT. */
export const floats = fc.double().filter((value) => !Number.isSafeInteger(value) || Object.is(value, -0));

export const strings = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom("", "\ufeffbom", "\ufffd", "\0", "__proto__", "x".repeat(255), "é".repeat(128), "x".repeat(70_000)),
);

const keys = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("__proto__", "constructor", "0", "", "toString"));
const bytes = fc.uint8Array({ maxLength: 300 });
const smallIds = fc.integer({ min: 0, max: 2 ** 40 });
const seconds = fc.integer({ min: -8_000_000_000_000, max: 8_000_000_000_000 });
const nanos = fc.integer({ min: 0, max: 999_999_999 });
const offsets = fc.integer({ min: -64_800, max: 64_800 });
const days = fc.integer({ min: -365_243_219_162, max: 365_241_780_471 });
const nanosOfDay = fc.integer({ min: 0, max: 86_399_999_999_999 });
const zones = fc.constantFrom("Europe/Stockholm", "America/New_York", "Asia/Kathmandu", "UTC");
const doubles = fc.double();

const map = <T>(items: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(keys, items), { maxLength: 20 }).map((entries) => Object.fromEntries(entries));

const leaves = fc.oneof(fc.constant(null), fc.boolean(), integers, floats, strings, bytes);
/** Stored properties are never null, and one that is null is left out (GRA-22). */
const properties = map(leaves.filter((value) => value !== null));
const labels = fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 });

/** Structures that every version carries, but for the date-times with a zone: their wall clock is ambiguous in 4.4. */
export const structures: Readonly<Record<string, fc.Arbitrary<object>>> = {
  Date: days.map((d) => Date.fromEpochDays(d)),
  Time: fc.tuple(nanosOfDay, offsets).map(([n, o]) => Time.fromNanosecondOfDay(n, o)),
  LocalTime: nanosOfDay.map((n) => LocalTime.fromNanosecondOfDay(n)),
  LocalDateTime: fc.tuple(seconds, nanos).map(([s, n]) => LocalDateTime.fromEpochSeconds(s, n)),
  DateTime: fc.tuple(seconds, nanos, offsets).map(([s, n, o]) => DateTime.fromEpochSeconds(s, n, o)),
  Duration: fc.tuple(integers, integers, fc.integer(), nanos).map(([m, d, s, n]) => new Duration(m, d, s, n)),
  Point2D: fc.tuple(fc.constantFrom(7203, 4326, 1), doubles, doubles).map(([s, x, y]) => new Point(s, x, y)),
  Point3D: fc
    .tuple(fc.constantFrom(9157, 4979, 1), doubles, doubles, doubles)
    .map(([s, x, y, z]) => new Point(s, x, y, z)),
  Node: fc.tuple(smallIds, labels, properties).map(([id, l, p]) => new Node(id, l, p)),
  Relationship: fc
    .tuple(smallIds, smallIds, smallIds, strings, properties)
    .map(([id, start, end, type, p]) => new Relationship(id, start, end, type, p)),
  UnboundRelationship: fc
    .tuple(smallIds, strings, properties)
    .map(([id, type, p]) => new UnboundRelationship(id, type, p)),
  Path: fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 8 }).map((steps) => {
    const nodes = [0, 1, 2, 3, 4].map((id) => new Node(id, ["N"], { id }));
    let at = 0;
    const relationships: UnboundRelationship[] = [];
    const reached: number[] = [0];
    const indices: number[] = [];
    for (const [next, forward] of steps) {
      relationships.push(new UnboundRelationship(100 + relationships.length, "R", {}));
      indices.push(forward ? relationships.length : -relationships.length);
      if (!reached.includes(next)) reached.push(next);
      indices.push(reached.indexOf(next));
      at = next;
    }
    void at;
    return Path.fromFields({ nodes: reached.map((id) => nodes[id] as Node), relationships, indices });
  }),
};

export const zoned = fc.tuple(seconds, nanos, zones).map(([s, n, zone]) => DateTime.fromEpochSecondsInZone(s, n, zone));

export const vectors = fc.oneof(
  fc.int8Array().map((data) => vector(data)),
  fc.int16Array().map((data) => vector(data)),
  fc.int32Array().map((data) => vector(data)),
  fc.bigInt64Array().map((data) => vector(data)),
  fc.float32Array().map((data) => vector(data)),
  fc.float64Array().map((data) => vector(data)),
);

export const unsupported = fc
  .tuple(fc.string(), fc.nat(9), fc.nat(9), fc.option(fc.string(), { nil: undefined }))
  .map(([name, major, minor, message]) => new UnsupportedType(name, { major, minor }, message));

export const uuids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((all) => new UUID(all));

/** Anything that Bolt 6.1 carries, nested. */
export const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    { arbitrary: leaves, weight: 4 },
    { arbitrary: fc.oneof(...Object.values(structures), zoned, vectors, unsupported, uuids), weight: 2 },
    { arbitrary: fc.array(tie("value"), { maxLength: 20, depthIdentifier: "value" }), weight: 1 },
    { arbitrary: map(tie("value")), weight: 1 },
  ),
})).value;
