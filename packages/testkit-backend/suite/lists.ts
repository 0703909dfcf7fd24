/** The lists that are checked in: what is known to fail, and what is skipped for the borrowed name. */
import { readFileSync } from "node:fs";
import type { Name } from "../src/names/borrowed-name.ts";

interface Entry {
  readonly reason: string;
  /** The borrowed name under which it is so; absent: whatever the name. */
  readonly name?: Name;
  readonly tests: readonly string[];
}

/** Test ids with the reason. */
export type Listed = ReadonlyMap<string, string>;

export interface Lists {
  /** Fail, or are skipped for what the driver doesn't have yet. */
  readonly knownFailures: Listed;
  /** Are skipped by the suite, or by the backend, for the name that the driver borrows. */
  readonly borrowedName: Listed;
}

/** @param name the name that the driver borrows */
export function readLists(name: Name): Lists {
  const known = read("known-failures.json").filter((entry) => (entry.name ?? name) === name);
  const file = `borrowed-names/${name}.json`;
  return { knownFailures: listedOf(known, "known-failures.json"), borrowedName: listedOf(read(file), file) };
}

function read(file: string): Entry[] {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
}

/** @throws Error for a test that is listed twice, or a reason that is missing */
export function listedOf(entries: readonly Entry[], file: string): Listed {
  const listed = new Map<string, string>();
  for (const { reason, tests } of entries) {
    if (typeof reason !== "string" || reason.trim() === "") throw new Error(`${file} has an entry without a reason.`);
    for (const test of tests) {
      if (listed.has(test)) throw new Error(`${file} lists ${test} twice.`);
      listed.set(test, reason);
    }
  }
  return listed;
}
