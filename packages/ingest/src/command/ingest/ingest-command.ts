/** `fulgur ingest`: writes the rows of files into a graph. */
import type { CommandText, FlagValues } from "../arguments/flag.ts";
import { helpOf } from "../arguments/help.ts";
import { parseFlags } from "../arguments/parse.ts";
import { commonFlags } from "../connection/flags.ts";
import { exitCodes, UsageError } from "../failure.ts";
import type { Command } from "../main.ts";
import type { Plan } from "../plan/plan.ts";
import { planOfFlags, stepFlags } from "../plan/plan-of-flags.ts";
import type { Terminal } from "../terminal.ts";

const jobFlags = {
  "dry-run": { type: "switch", help: "show the Cypher and the first rows of each step; connect to nothing" },
  "check-constraints": {
    type: "switch",
    help: "with --dry-run: ask the server which keys have no constraint or index",
  },
  resume: { type: "switch", help: "go on where an earlier run of the same job has stopped" },
  restart: { type: "switch", help: "forget how far an earlier run was, and begin anew" },
  limit: { type: "number", help: "only so many rows of each step, from the beginning" },
  json: { type: "switch", help: "print lines of JSON, for machines" },
} as const;

const text = {
  name: "ingest",
  usage: "<plan.yaml> [flags], or: fulgur ingest <files> --nodes <label> …",
  summary: "Writes the rows of files into a graph, by a plan or by flags that say the same of one step.",
  details: `Files are CSV, JSON lines, JSON arrays, Parquet and Arrow, also with gzip; patterns such as 'data/*.csv' and - for standard input are taken too.
Ctrl-C once finishes the batches in flight and keeps how far the job is; --resume goes on from there. Twice ends at once.`,
  flags: { ...jobFlags, ...stepFlags, ...commonFlags },
  examples: [
    "fulgur ingest plan.yaml --dry-run",
    "fulgur ingest plan.yaml --connection production.env",
    "fulgur ingest people.csv --nodes Person --key id --type born=date --constraints create",
    "fulgur ingest knows.jsonl --relationships KNOWS --from Person.id=me --to Person.id=you",
  ],
} as const satisfies CommandText;

type IngestFlags = FlagValues<typeof text.flags>;

export const ingest: Command = async (args, terminal) => {
  const { flags, positionals } = await parseFlags(args, text.flags);
  if (flags.help) {
    await terminal.print(helpOf(text));
    return exitCodes.done;
  }
  if (flags.resume && flags.restart)
    throw new UsageError("--resume goes on and --restart begins anew: only one can be.");
  const plan = limited(await planFrom(positionals, flags), flags.limit);
  if (flags["dry-run"]) return dryRun(plan, flags, terminal);
  if (flags["check-constraints"]) throw new UsageError("--check-constraints is for --dry-run: a job looks by itself.");
  const { runJob } = await import("./job.ts");
  return runJob(plan, flags, terminal);
};

async function planFrom(positionals: readonly string[], flags: IngestFlags): Promise<Plan> {
  const [first, ...more] = positionals;
  if (first === undefined)
    throw new UsageError("Nothing is to be read: name a plan (.yaml), or files. --help has examples.");
  const isPlan = (file: string) => /\.ya?ml$/i.test(file);
  if (!positionals.some(isPlan)) return planOfFlags(positionals, flags);
  if (more.length > 0) throw new UsageError("A plan stands alone: it names its files itself.");
  const misplaced = Object.keys(stepFlags).find((flag) => flags[flag as keyof typeof stepFlags] !== undefined);
  if (misplaced !== undefined)
    throw new UsageError(`--${misplaced} is for files without a plan: the plan says it itself.`);
  const { readPlan } = await import("../plan/read-plan.ts");
  return readPlan(first);
}

function limited(plan: Plan, limit: number | undefined): Plan {
  if (limit === undefined) return plan;
  if (limit === 0) throw new UsageError("--limit is a whole number from 1.");
  const steps = plan.steps.map((step) => ({ ...step, source: { ...step.source, limit } }));
  return { ...plan, steps };
}

async function dryRun(plan: Plan, flags: IngestFlags, terminal: Terminal): Promise<number> {
  const { dryStep, dryText } = await import("./dry-run.ts");
  const { jsonLine } = await import("../display/json.ts");
  const steps = [];
  for (const step of plan.steps) steps.push(await dryStep(step, plan));
  const remarks = flags["check-constraints"] ? await constraintRemarks(plan, flags, terminal) : [];
  if (flags.json) {
    for (const shown of steps) await terminal.print(jsonLine({ event: "dry-run", ...shown }));
    for (const remark of remarks) await terminal.print(jsonLine({ event: "warning", ...remark }));
    return exitCodes.done;
  }
  for (const shown of steps) await terminal.print(`${dryText(shown).join("\n")}\n\n`);
  for (const { step, message } of remarks) await terminal.print(`${step}: warning: ${message}\n`);
  await terminal.print("Nothing was written: this was a dry run.\n");
  return exitCodes.done;
}

async function constraintRemarks(plan: Plan, flags: IngestFlags, terminal: Terminal) {
  const { checkConstraints } = await import("./check-constraints.ts");
  return checkConstraints(plan, flags, terminal);
}
