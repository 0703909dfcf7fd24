import type { Model, When } from "../model/model.ts";
import { type Dialect, dialects, dialectText, isOn } from "../model/when.ts";
import type { Statement } from "./statement.ts";
import { errorStatement, statements } from "./statements.ts";

/** A thing that two specs say differently in versions that both declare. */
export interface Difference {
  readonly where: string;
  /** Which of its properties; `on` if the thing is there in one of them only. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** The versions in which this is so; none: it doesn't depend on the version. */
  readonly versions: readonly string[];
}

/**
 * Compares what a spec says about the versions of its baseline. What it says about newer versions is free, and so is
 * `until` at the baseline's newest version, since neither changes a declared version.
 */
export function compare(before: Model, after: Model): Difference[] {
  const greatest = Math.max(...before.versions.map(({ number }) => number));
  const old = statements(before, greatest);
  // A map that is new is nothing by itself: what refers to it is compared.
  const maps = after.maps.filter(({ where }) => before.maps.some((known) => known.where === where));
  const now = statements({ ...after, maps }, greatest);
  const found = new Map<string, Difference & { versions: string[] }>();
  const add = (dialect: Dialect | undefined, where: string, what: string, oldText: string, nowText: string): void => {
    const id = JSON.stringify([where, what, oldText, nowText]);
    const difference = found.get(id) ?? { where, what, before: oldText, after: nowText, versions: [] };
    if (dialect !== undefined) difference.versions.push(dialectText(dialect));
    found.set(id, difference);
  };

  for (const dialect of commonDialects(before, after)) {
    const oldHere = projection(old, dialect);
    const nowHere = projection(now, dialect);
    for (const where of new Set([...oldHere.keys(), ...nowHere.keys()])) {
      const a = oldHere.get(where);
      const b = nowHere.get(where);
      const within = (a ?? b)?.within;
      if (a !== undefined && b !== undefined) {
        for (const what of changed(a, b)) add(dialect, where, what, a.says[what] ?? "", b.says[what] ?? "");
      } else if (within === undefined || (oldHere.has(within) && nowHere.has(within))) {
        add(dialect, where, "on", rangesOf(old, where), rangesOf(now, where));
      }
    }
  }

  const codes = new Set([...before.errorRules, ...after.errorRules].map(({ code }) => code));
  for (const code of codes) {
    const a = errorStatement(code, before.errorRules);
    const b = errorStatement(code, after.errorRules);
    if (a !== undefined && b !== undefined) {
      for (const what of changed(a, b)) add(undefined, a.where, what, a.says[what] ?? "", b.says[what] ?? "");
    } else if (a !== b) {
      add(
        undefined,
        `error ${code}`,
        "rule",
        a === undefined ? "absent" : "declared",
        b === undefined ? "absent" : "declared",
      );
    }
  }
  return [...found.values()];
}

/** One line for people: where, before, after, and the versions that it changes. */
export function differenceText({ where, what, before, after, versions }: Difference): string {
  const changes = versions.length === 0 ? "" : `, which changes Bolt ${versions.join(", ")}`;
  return `${where}: ${what} was ${before === "" ? "nothing" : before}, is ${after === "" ? "nothing" : after}${changes}`;
}

/** The dialects of the baseline's versions, with the patches of both. */
function commonDialects(before: Model, after: Model): Dialect[] {
  const known = new Set(before.versions.map(({ number }) => number));
  const all = [...dialects(before), ...dialects(after)].filter(({ version }) => known.has(version.number));
  return [...new Map(all.map((dialect) => [dialectText(dialect), dialect])).values()];
}

function projection(all: readonly Statement[], { version, patches }: Dialect): Map<string, Statement> {
  const here = all.filter(({ on }) => on.every((ranges) => isOn(ranges, version.number, patches)));
  return new Map(here.map((statement) => [statement.where, statement]));
}

function changed(a: Statement, b: Statement): string[] {
  return [...new Set([...Object.keys(a.says), ...Object.keys(b.says)])].filter((what) => a.says[what] !== b.says[what]);
}

function rangesOf(all: readonly Statement[], where: string): string {
  const same = all.filter((statement) => statement.where === where);
  return same.length === 0
    ? "absent"
    : same.map(({ on }) => on.map(rangeText).filter(Boolean).join(" and ") || "always").join(" or ");
}

function rangeText(ranges: readonly When[]): string {
  return ranges
    .map(({ since, until, patch, unlessPatch }) =>
      [
        since === undefined ? "" : `since ${versionText(since)}`,
        until === undefined ? "" : `until ${versionText(until)}`,
        patch === undefined ? "" : `with ${patch}`,
        unlessPatch === undefined ? "" : `without ${unlessPatch}`,
      ]
        .filter(Boolean)
        .join(" "),
    )
    .join(" or ");
}

function versionText(version: number): string {
  return `${version >> 8}.${version & 0xff}`;
}
