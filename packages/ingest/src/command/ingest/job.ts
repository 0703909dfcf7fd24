/** A job from its connection to its summary. */
import { connect } from "../connection/connect.ts";
import type { ConnectionFlags } from "../connection/flags.ts";
import { jsonLine } from "../display/json.ts";
import { machineReporter, peopleReporter } from "../display/reporter.ts";
import { CommandFailure, exitCodeOf, exitCodes, failureData, failureText } from "../failure.ts";
import { Interrupts } from "../interrupt.ts";
import type { Plan } from "../plan/plan.ts";
import type { Terminal } from "../terminal.ts";
import { flagsOf } from "./check-constraints.ts";
import { Checkpoints } from "./checkpoints.ts";
import { outcomeTable } from "./outcome.ts";
import { type JobResult, runPlan } from "./run-plan.ts";
import { stepSource } from "./step-source.ts";

export type JobFlags = ConnectionFlags & {
  readonly resume?: boolean | undefined;
  readonly restart?: boolean | undefined;
  readonly json?: boolean | undefined;
};

/** @returns the exit code */
export async function runJob(plan: Plan, flags: JobFlags, terminal: Terminal): Promise<number> {
  const isMachine = flags.json === true;
  const write = (event: object) => void terminal.stdout.write(terminal.withoutSecrets(jsonLine(event)));
  const reporter = isMachine
    ? machineReporter(write)
    : peopleReporter(
        terminal,
        plan.steps.map(({ name }) => name),
      );
  using interrupts = new Interrupts(() => reporter.interrupted());
  const checkpoints = new Checkpoints(plan);
  // Files that aren't there are told before anybody is asked for a password.
  for (const step of plan.steps) {
    if ([step.source.files].flat().includes("-")) terminal.claimStandardInput(`the rows of the step ${step.name}`);
    await stepSource(step, plan, interrupts.signal);
  }
  await using driver = await connect(flagsOf(plan, flags), terminal, { signal: interrupts.signal });
  const resumed = await checkpoints.open({ resume: flags.resume === true, restart: flags.restart === true });
  if (flags.resume && !resumed) reporter.note("There is nothing to go on with: the job begins at its first row.");
  const result = await runPlan({ plan, driver, checkpoints, reporter, stop: interrupts.signal });
  const { outcomes, failure } = result;
  if (failure === undefined) await checkpoints.close();
  const exitCode = exitCodeFor(result);
  if (isMachine) {
    const error = failure === undefined ? undefined : failureData(failure);
    write({ event: "summary", exitCode, steps: outcomes, error });
  } else await terminal.print(`${terminal.isLively ? "\n" : ""}${outcomeTable(outcomes, terminal.width).join("\n")}\n`);
  if (failure !== undefined) {
    const canResume = await checkpoints.isKept();
    const advice = canResume ? " What is committed stays; --resume goes on from there." : " What is committed stays.";
    const failed = outcomes.find(({ state }) => state === "failed");
    const stopped = new CommandFailure(
      `${failed === undefined ? "" : `The step ${failed.step} failed: `}${failureText(failure)}${advice}`,
      exitCode,
      { cause: failure },
    );
    stopped.isSummed = isMachine;
    throw stopped;
  }
  return exitCode;
}

function exitCodeFor({ outcomes, failure }: JobResult): number {
  if (failure !== undefined) return exitCodeOf(failure);
  return outcomes.some(({ progress }) => (progress?.rejected ?? 0) > 0) ? exitCodes.rejected : exitCodes.done;
}
