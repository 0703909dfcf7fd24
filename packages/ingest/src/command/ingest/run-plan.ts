/** Runs the steps of a plan, one after the other. */
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Driver } from "@fulgur/neo4j-driver";
import { ingest } from "../../ingest.ts";
import type { IngestProgress } from "../../progress/progress.ts";
import type { Reporter } from "../display/reporter.ts";
import { Interrupted } from "../interrupt.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { fileName } from "../plan/read-plan.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { StepOutcome } from "./outcome.ts";
import { stepSource, typesOf } from "./step-source.ts";

export interface Job {
  readonly plan: Plan;
  readonly driver: Driver;
  readonly checkpoints: Checkpoints;
  readonly reporter: Reporter;
  /** Aborted, no more rows are read; batches in flight are finished. */
  readonly stop: AbortSignal;
}

export interface JobResult {
  readonly outcomes: readonly StepOutcome[];
  /** Why it stopped before its end; absent if it didn't. */
  readonly failure?: unknown;
}

export async function runPlan(job: Job): Promise<JobResult> {
  const outcomes: StepOutcome[] = [];
  const { steps } = job.plan;
  for (const [index, step] of steps.entries()) {
    const begun: { progress?: IngestProgress } = {};
    try {
      outcomes.push(await runStep(step, job, begun));
    } catch (failure) {
      const state = failure instanceof Interrupted ? "stopped" : "failed";
      outcomes.push({ step: step.name, state, progress: begun.progress });
      for (const { name } of steps.slice(index + 1)) outcomes.push({ step: name, state: "not begun" });
      return { outcomes, failure };
    }
  }
  return { outcomes };
}

async function runStep(step: Step, job: Job, begun: { progress?: IngestProgress }): Promise<StepOutcome> {
  const { plan, reporter, stop } = job;
  const { name, place: _place, source: _source, rejected, ...options } = step;
  reporter.begin(name);
  const deadLetters =
    rejected === undefined
      ? plan.rejected && join(plan.rejected, `${fileName(name)}.jsonl`)
      : resolve(plan.folder, rejected);
  try {
    if (deadLetters !== undefined) await mkdir(dirname(deadLetters), { recursive: true });
    const { counters, ...progress } = await ingest(job.driver, {
      ...options,
      types: typesOf(step).written,
      source: await stepSource(step, plan, stop),
      checkpoint: job.checkpoints.fileOf(name),
      rejected: deadLetters,
      onProgress(progress) {
        begun.progress = progress;
        reporter.progress(name, progress);
      },
      onWarning: ({ message, code }) => reporter.warn(name, message, code),
    });
    begun.progress = progress;
    reporter.progress(name, progress);
    return { step: name, state: "done", progress, counters };
  } finally {
    reporter.finish(name);
  }
}
