import { type ColumnTable, columns } from "@fulgur/neo4j-codec";
import { Random } from "./random.ts";
import { first } from "./workloads.ts";

type Integer = (value: number) => unknown;

/** Batches of rows to send, for `UNWIND $rows AS row`. */
export interface EncodeWorkload {
  readonly query: string;
  /** Row objects, with integers as a driver takes them. */
  readonly rows: (integer: Integer) => object[][];
  /** The rows as ours are given them, where they have typed arrays: what the others do better without. */
  readonly ours?: () => object[][];
  /** The same by columns, which give the same bytes. */
  readonly columns: () => ColumnTable[];
}

interface Person {
  readonly id: number;
  readonly age: number;
  readonly name: string;
  readonly email: string;
  readonly score: number;
}

const same: Integer = (value) => value;

function batchesOf<T>(count: number, size: number, make: (random: Random, index: number) => T): T[][] {
  const random = new Random(count * size);
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: size }, (_, index) => make(random, batch * size + index)),
  );
}

/** Two integers, two strings and a float each. */
function ingest(name: (random: Random) => string): EncodeWorkload {
  const batches = (integer: Integer) =>
    batchesOf(10, 5000, (random, index) => ({
      id: integer(index),
      age: integer(random.whole(1, 99)),
      name: name(random),
      email: `${random.word(6, 10)}@example.org`,
      score: random.next() * 100 + 0.5,
    }));
  return {
    query: "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row",
    rows: batches,
    columns: () =>
      (batches(same) as Person[][]).map((rows) =>
        columns({
          id: Int32Array.from(rows, (row) => row.id),
          age: Int32Array.from(rows, (row) => row.age),
          name: rows.map((row) => row.name),
          email: rows.map((row) => row.email),
          score: Float64Array.from(rows, (row) => row.score),
        }),
      ),
  };
}

/** An integer and 768 floats each. */
function vectors(typed: boolean): EncodeWorkload {
  const batches = (integer: Integer, list: (numbers: number[]) => unknown) =>
    batchesOf(1, 200, (random, index) => ({
      id: integer(index),
      embedding: list(Array.from({ length: 768 }, () => random.next() - 0.5)),
    }));
  const array = (numbers: number[]) => numbers;
  const own = typed ? (numbers: number[]) => Float64Array.from(numbers) : array;
  return {
    query: "UNWIND $rows AS row MATCH (d:Document {id: row.id}) SET d.embedding = row.embedding",
    rows: (integer) => batches(integer, array),
    ours: () => batches(same, own),
    columns: () =>
      batches(same, own).map((rows) =>
        columns({
          id: Int32Array.from(rows, (row) => row.id as number),
          embedding: rows.map((row) => row.embedding),
        }),
      ),
  };
}

/** The encode workloads, by name. */
export const encodeWorkloads: Readonly<Record<string, () => EncodeWorkload>> = {
  "ingest batches of 5,000": () => ingest((random) => `${random.pick(first)} ${random.word(5, 9)}`),
  "ingest, non-ASCII names": () => ingest((random) => `${random.pick(first)} Żółć-${random.word(3, 6)} 稲妻`),
  "vectors from Float64Array": () => vectors(true),
  "vectors from number[]": () => vectors(false),
};
