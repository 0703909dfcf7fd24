/** What became of the steps of a job, as a table and as data. */
import type { IngestCounters } from "../../progress/counters.ts";
import type { IngestProgress } from "../../progress/progress.ts";
import { duration, grouped } from "../display/numbers.ts";
import { percent } from "../display/progress-line.ts";
import { TableWriter } from "../display/table.ts";
import { changed } from "../query/summary.ts";

export interface StepOutcome {
  readonly step: string;
  readonly state: "done" | "done before" | "stopped" | "failed" | "not begun";
  /** Absent for steps that weren't begun. */
  readonly progress?: IngestProgress | undefined;
  /** What it changed; absent unless it is done. */
  readonly counters?: IngestCounters | undefined;
}

const columns = ["step", "state", "rows", "rejected", "time", "rows/s", "server wait", "changes"];

/** The lines of a table, a step a line, and their sum. */
export function outcomeTable(outcomes: readonly StepOutcome[], width: number): string[] {
  const table = new TableWriter(columns, {
    width,
    sides: ["left", "left", "right", "right", "right", "right", "right", "left"],
  });
  const rows = outcomes.map(({ step, state, progress, counters }) =>
    progress === undefined
      ? [step, state, "", "", "", "", "", ""]
      : [step, state, ...figures(progress), changesText(counters)],
  );
  const all = outcomes.flatMap(({ progress }) => progress ?? []);
  if (all.length > 1) rows.push(["all", "", ...figures(sum(all)), ""]);
  for (const row of rows) table.add(row);
  return table.end();
}

type Figures = Pick<IngestProgress, "rows" | "resumed" | "rejected" | "elapsed" | "serverWait">;

function figures({ rows, resumed, rejected, elapsed, serverWait }: Figures): string[] {
  return [
    grouped(rows + resumed),
    grouped(rejected),
    duration(elapsed),
    elapsed > 0 ? grouped(Math.round((rows / elapsed) * 1000)) : "",
    elapsed > 0 ? percent(serverWait / elapsed) : "",
  ];
}

function sum(all: readonly IngestProgress[]): Figures {
  const total = (name: keyof Figures) => all.reduce((sum, progress) => sum + progress[name], 0);
  return {
    rows: total("rows"),
    resumed: total("resumed"),
    rejected: total("rejected"),
    elapsed: total("elapsed"),
    serverWait: total("serverWait"),
  };
}

function changesText(counters: IngestCounters | undefined): string {
  if (counters === undefined) return "";
  return Object.entries(counters)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => changed(name, count))
    .join(", ");
}
