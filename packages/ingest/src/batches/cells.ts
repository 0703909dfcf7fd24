/**
 * Which rows may be at the server in two batches at once.
 *
 * A transaction that merges a node locks its key, and one that creates or merges a relationship locks both of its ends, until it commits. It
 * takes those locks in the order of its rows, so two batches that share nodes would sooner or later wait for each other, and the server would end one of
 * them as a deadlock. Sorting rows doesn't help: rows sorted by one end are in no order by the other. So nodes are divided into parts by
 * a hash of their keys, a row's cell is the pair of its ends' parts, a batch has rows of one cell only, and no two batches that share a part are at
 * the server at once. Rows that write the same node or relationship are in one cell, whose batches go one after the other: so they are written in the
 * order of the source.
 *
 * Nodes whose keys ascend from row to row need none of this, as long as they do: see ascending-keys.ts.
 *
 * What is left are nodes with few relationships: the server puts a new one in front of the last one in a chain, and locks that one too, whose other end may be
 * in a part that another batch has. That is rare, and such a batch is tried again.
 */
import type { Partition } from "../mapping/write-plan.ts";
import type { RowSet } from "../source/row-set.ts";
import { hashOf, mixed } from "./key-hash.ts";

export interface Cells {
  /** How the parts are made, for who has to find the same cells again: see {@link cellsOf}. */
  readonly scheme: string;
  readonly count: number;
  /** The cell of a row. */
  of(rows: RowSet, index: number): number;
  /** The parts that a batch of a cell locks, a bit each. */
  locks(cell: number): number;
}

/** Without parts: every row may be anywhere. */
const noCells: Cells = { scheme: "", count: 1, of: () => 0, locks: () => 0 };

/** The scheme for so many batches at once. */
export function schemeFor(partition: Partition | undefined, concurrency: number): string {
  if (partition === undefined || concurrency === 1) return "";
  if (partition.kind === "rows") return `rows/${concurrency}`;
  return partition.sameLabel ? `any-ends/${2 * concurrency}` : `ends/${concurrency}`;
}

/** @param scheme as {@link schemeFor} gave it, perhaps to an earlier run of the job */
export function cellsOf(scheme: string, partition: Partition | undefined): Cells {
  const [kind, number] = scheme.split("/");
  const parts = Number(number);
  if (partition === undefined || kind === "") return noCells;
  if (partition.kind === "rows") return rowCells(scheme, parts, partition.fields);
  return kind === "any-ends" ? anyEnds(scheme, parts, partition) : twoEnds(scheme, parts, partition);
}

function rowCells(scheme: string, parts: number, fields: readonly string[]): Cells {
  return {
    scheme,
    count: parts,
    of: (rows, index) => partOf(rows, index, fields, parts),
    locks: (cell) => 1 << cell,
  };
}

/** Two labels: each end has parts of its own. */
function twoEnds(scheme: string, parts: number, { from, to }: Partition & { kind: "ends" }): Cells {
  return {
    scheme,
    count: parts * parts,
    of: (rows, index) => partOf(rows, index, from, parts) * parts + partOf(rows, index, to, parts),
    locks: (cell) => (1 << Math.floor(cell / parts)) | (1 << (parts + (cell % parts))),
  };
}

/**
 * One label: a node may be either end, so a cell is a pair whatever its order. Twice as many parts as batches are needed for as many pairs
 * without a common part. Rows with both ends in one part go with that one's neighbour, for they are few.
 */
function anyEnds(scheme: string, parts: number, { from, to }: Partition & { kind: "ends" }): Cells {
  return {
    scheme,
    count: parts * parts,
    of: (rows, index) => {
      const a = partOf(rows, index, from, parts);
      const other = partOf(rows, index, to, parts);
      const b = a === other ? a ^ 1 : other;
      return a < b ? a * parts + b : b * parts + a;
    },
    locks: (cell) => (1 << Math.floor(cell / parts)) | (1 << (cell % parts)),
  };
}

function partOf(rows: RowSet, index: number, fields: readonly string[], parts: number): number {
  let hash = hashOf(rows.value(index, fields[0] as string));
  for (let i = 1; i < fields.length; i++) hash = mixed(hash, hashOf(rows.value(index, fields[i] as string)));
  return hash % parts;
}
