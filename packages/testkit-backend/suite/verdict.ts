/** What a run means: outcomes against the lists. */
import { undeclared } from "../src/features.ts";
import { nameSkip } from "../src/skips.ts";
import type { Lists } from "./lists.ts";
import type { Outcome } from "./outcome.ts";

export type Kind =
  /** As it should be. */
  | "passed"
  /** It fails, or is skipped for something that the driver doesn't have yet, and is listed. */
  | "known failure"
  /** It needs what the driver has decided not to have. */
  | "undeclared"
  /** It is skipped since it makes no sense with this server, or with a feature that is declared. */
  | "not applicable"
  /** It is skipped for the borrowed name, and is listed. */
  | "borrowed name"
  /** None of these: the run fails. */
  | "unexpected";

/** What the suite says when a test has nothing to test. */
const notApplicable = [
  /^Server does not support multiple databases/,
  /^Needs multi DB support/,
  /by an optimized driver/,
];

export interface Verdict {
  readonly outcome: Outcome;
  readonly kind: Kind;
  /** What is wrong or known. */
  readonly remark: string;
}

export function verdictOf(outcome: Outcome, { knownFailures, borrowedName }: Lists): Verdict {
  const { id, status, why = "" } = outcome;
  const known = knownFailures.get(id);
  const unexpected = (remark: string): Verdict => ({ outcome, kind: "unexpected", remark });
  if (status === "passed") {
    if (known !== undefined) return unexpected("passes, but is listed as a known failure: take it off the list");
    if (borrowedName.has(id)) return unexpected("passes, but is listed as skipped for the borrowed name");
    return { outcome, kind: "passed", remark: "" };
  }
  if (status === "skipped") {
    const decided = decidedAgainst(outcome);
    if (decided !== undefined) return { outcome, kind: "undeclared", remark: decided };
    if (notApplicable.some((pattern) => pattern.test(why))) return { outcome, kind: "not applicable", remark: why };
    if (outcome.missing?.length === 0 && borrowedName.has(id)) return { outcome, kind: "borrowed name", remark: why };
    if (why === nameSkip) return unexpected(`${why}; not listed in borrowed-names/`);
  }
  if (known !== undefined) return { outcome, kind: "known failure", remark: known };
  return unexpected(`${status}: ${why}`);
}

/** The reason, if a test is skipped for a flag that is missing for good. */
function decidedAgainst({ missing = [] }: Outcome): string | undefined {
  for (const flag of missing) {
    const decided = Object.hasOwn(undeclared, flag) ? undeclared[flag] : undefined;
    if (decided !== undefined) return `${flag}: ${decided}`;
  }
  return undefined;
}

/** Listed tests below the names that were run which the suite doesn't have. */
export function strangers(ids: readonly string[], names: readonly string[], { knownFailures, borrowedName }: Lists) {
  const known = new Set(ids);
  const inside = (id: string) => names.some((name) => id === name || id.startsWith(`${name}.`));
  return [...knownFailures.keys(), ...borrowedName.keys()].filter((id) => inside(id) && !known.has(id));
}
