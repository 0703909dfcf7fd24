import { Date, DateTime, Duration, float, LocalDateTime, Node, type Properties, vector } from "@fulgur/neo4j-types";
import { Random } from "./random.ts";

/** A result to decode: its columns, and rows of Fulgur's values. */
export interface Workload {
  readonly name: string;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** What is read of each value beside having it; sums are compared. Without it, msgpackr and JSON take part, too. */
  readonly read?: readonly FieldReader[];
}

/** Reads a value's fields, of Fulgur's class or of npm's, whose integers `whole` makes numbers. */
export type FieldReader = (value: never, whole: (value: never) => number) => number;

interface CalendarFields {
  readonly [field: string]: never;
}

const sumOf =
  (...fields: readonly string[]): FieldReader =>
  (value: CalendarFields, whole) => {
    let sum = 0;
    for (const field of fields) sum += whole(value[field] as never);
    return sum;
  };
const calendar = ["year", "month", "day"] as const;
const clock = [...calendar, "hour", "minute", "second", "nanosecond"] as const;

/** First names, of which a column repeats many. */
export const first = [
  "Alice",
  "Bob",
  "Carol",
  "Dave",
  "Erin",
  "Frank",
  "Grace",
  "Heidi",
  "Ivan",
  "Judy",
  "Mallory",
  "Niaj",
];
const zones = ["Europe/Paris", "America/New_York", "Asia/Tokyo", "UTC"];
const columns = (count: number, prefix = "c") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

function make(
  name: string,
  fields: readonly string[],
  count: number,
  row: (random: Random, index: number) => unknown[],
  read?: readonly FieldReader[],
) {
  return (rows = count): Workload => {
    const random = new Random(name.length * 7919 + count);
    const values = Array.from({ length: rows }, (_, index) => row(random, index));
    return { name, fields, rows: values, ...(read && { read }) };
  };
}

function node(random: Random, index: number, properties: Record<string, unknown>): Node {
  return new Node(
    index,
    [random.pick(["Person", "Company"])],
    properties as Properties,
    `4:9a1f6c3e-52b7-4d1c-8a55-0f6b7c2d9e10:${index}`,
  );
}

const person = (random: Random, index: number) => ({
  id: index,
  name: `${random.pick(first)} ${random.word(5, 9)}`,
  age: random.whole(1, 99),
  email: `${random.word(6, 10)}@example.org`,
  score: float(random.next() * 100),
});

const shapes = [
  person,
  (random: Random, index: number) => ({ id: index, title: random.word(8, 20), year: random.whole(1950, 2026) }),
  (random: Random, index: number) => ({
    id: index,
    city: random.pick(first),
    lat: float(random.next() * 90),
    lon: float(random.next() * 180),
  }),
  (random: Random, index: number) => ({
    id: index,
    tags: [random.word(3, 6), random.word(3, 6)],
    active: random.next() < 0.5,
  }),
];

const temporalFields = ["date", "local", "offset", "zoned", "span"];

function temporals(random: Random): unknown[] {
  const seconds = random.whole(0, 2_000_000_000);
  const nanoseconds = random.whole(0, 999_999_999);
  return [
    Date.fromEpochDays(random.whole(-10_000, 30_000)),
    LocalDateTime.fromEpochSeconds(seconds, nanoseconds),
    DateTime.fromEpochSeconds(seconds, nanoseconds, 3600 * random.whole(-10, 12)),
    DateTime.fromEpochSecondsInZone(seconds, nanoseconds, random.pick(zones)),
    new Duration(random.whole(0, 20), random.whole(0, 30), random.whole(0, 86_399), nanoseconds),
  ];
}

/** The decode workloads, by name; each is made anew, from its own seed, with so many rows as said or its own number. */
export const workloads: Readonly<Record<string, (rows?: number) => Workload>> = {
  integers: make("integers", columns(20), 20_000, (random) => columns(20).map(() => random.whole(0, 30_000))),
  vectors: make("vectors", ["embedding"], 400, (random) => [
    Array.from({ length: 768 }, () => float(random.next() - 0.5)),
  ]),
  "vectors, typed": make("vectors, typed", ["embedding"], 400, (random) => [
    vector(Float64Array.from({ length: 768 }, () => random.next() - 0.5)),
  ]),
  floats: make("floats", columns(10), 20_000, (random) => columns(10).map(() => float(random.next() * 1000))),
  "names, repeated": make("names, repeated", columns(5), 30_000, (random) => columns(5).map(() => random.pick(first))),
  "strings, unique": make("strings, unique", columns(5), 30_000, (random) => columns(5).map(() => random.word(6, 18))),
  "long and non-ASCII": make("long and non-ASCII", ["text", "name"], 8_000, (random) => [
    random.word(100, 300),
    `${random.word(5, 20)} żółć ${random.word(5, 20)} 稲妻 ${random.word(2, 8)}`,
  ]),
  nodes: make("nodes", ["n"], 20_000, (random, index) => [node(random, index, person(random, index))]),
  "nodes, mixed shapes": make("nodes, mixed shapes", ["n"], 20_000, (random, index) => [
    node(random, index, random.pick(shapes)(random, index)),
  ]),
  "nested maps": make("nested maps", ["m"], 8_000, (random, index) => [
    {
      id: index,
      user: {
        name: random.pick(first),
        age: random.whole(1, 99),
        address: { city: random.word(5, 9), zip: random.whole(10_000, 99_999) },
      },
      tags: [random.word(3, 8), random.word(3, 8)],
      flags: { active: random.next() < 0.5, score: float(random.next()) },
    },
  ]),
  temporals: make("temporals", temporalFields, 15_000, temporals),
  "temporals, fields read": make("temporals, fields read", temporalFields, 15_000, temporals, [
    sumOf(...calendar),
    sumOf(...clock),
    sumOf(...clock, "timeZoneOffsetSeconds"),
    // The offset is left out: the server doesn't send it with a named zone, and npm's driver leaves it null.
    sumOf(...clock),
    sumOf("months", "days", "seconds", "nanoseconds"),
  ]),
};
