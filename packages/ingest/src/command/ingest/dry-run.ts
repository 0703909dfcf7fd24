/** What a job would do: the Cypher of each step, and its first rows as they would be sent. Connects to nothing. */
import { Shape } from "../../mapping/shape.ts";
import { writePlan } from "../../mapping/write-plan.ts";
import { checkTarget } from "../../options/check-targets.ts";
import { ObjectRows } from "../../source/row-set.ts";
import type { RejectedRow } from "../../source/row-source.ts";
import { cellOf } from "../display/cell.ts";
import { counted } from "../display/numbers.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { stepSource, typesOf } from "./step-source.ts";

const shownRows = 3;

export interface DryStep {
  readonly step: string;
  readonly cypher: string;
  /** The rows as they would be sent. */
  readonly rows: readonly unknown[];
  /** What of the first rows would be rejected, and why. */
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
}

export async function dryStep(step: Step, plan: Plan): Promise<DryStep> {
  const { text, fields } = writePlan(checkTarget(step), { uniqueEnds: true });
  const shape = new Shape({ fields, types: new Map(Object.entries(typesOf(step).written ?? {})) });
  const rows: unknown[] = [];
  const rejected: RejectedRow[] = [];
  const source = await stepSource(step, plan, new AbortController().signal);
  for await (const { file, rows: read, firstRow, rowNumbers, rejected: unread = [] } of source.chunks()) {
    const first = read.slice(0, shownRows);
    const numbers = rowNumbers?.slice(0, shownRows) ?? firstRow;
    const portion = { file, rows: new ObjectRows(first), numbers, rejected: [], first: firstRow, last: firstRow };
    const shaped = shape.of(portion);
    rejected.push(...unread, ...shaped.rejected);
    for (let at = 0; at < shaped.rows.length; at++) rows.push(shaped.rows.row(at));
    if (rows.length >= shownRows) break;
  }
  return {
    step: step.name,
    cypher: text,
    rows: rows.slice(0, shownRows),
    rejected: rejected.slice(0, shownRows).map(({ row, reason }) => ({ row, reason })),
  };
}

/** For people. */
export function dryText({ step, cypher, rows, rejected }: DryStep): string[] {
  const indented = cypher.split("\n").map((line) => `  ${line}`);
  return [
    `${step}`,
    ...indented,
    rows.length === 0
      ? "  There are no rows."
      : `  The first ${rows.length === 1 ? "row" : counted(rows.length, "row")}, as sent in $rows:`,
    ...rows.map((row) => `    ${cellOf(row)}`),
    ...rejected.map(({ row, reason }) => `  Row ${row} would be rejected: ${reason}`),
  ];
}
