/** A job for kills.ts, as a process of its own: it says when it begins, how far it is after each batch, and when it has finished. */
import { fileURLToPath } from "node:url";
import { auth, driver } from "@fulgur/neo4j-driver";
import { type IngestOptions, ingest } from "@fulgur/neo4j-ingest";

export const jobKinds = ["merge", "create", "relationships"] as const;
export type JobKind = (typeof jobKinds)[number];

export interface JobArguments {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly kind: JobKind;
  /** Of this job alone: its label or type. */
  readonly name: string;
  readonly rows: number;
  readonly checkpoint: string;
}

/** Nodes that the relationships are between. */
export const ends = 1000;

function target({ kind, name }: JobArguments): Partial<IngestOptions<object>> {
  const end = { label: "End", key: "id" };
  if (kind === "merge") return { nodes: { labels: name, key: "id" } };
  if (kind === "create") return { nodes: { labels: name } };
  return { relationships: { type: name, from: { ...end, field: "a" }, to: { ...end, field: "b" } } };
}

/** Keys ascend in the first half only, so that both ways to divide rows are met by kills, and the change from one to the other. */
function* rowsOf({ kind, rows }: JobArguments) {
  const half = Math.floor(rows / 2);
  for (let i = 0; i < rows; i++) {
    const id = i < half ? i : rows - 1 - (i - half);
    const row = { id, text: `row ${id}` };
    yield kind === "relationships" ? { ...row, a: id % ends, b: (id * 7919) % ends } : row;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const job = JSON.parse(process.argv[2] as string) as JobArguments;
  await using db = driver(job.uri, auth.basic(job.username, job.password));
  const say = (what: string) => void process.stdout.write(`${what}\n`);
  say("begins");
  const { rows, resumed } = await ingest(db, {
    ...target(job),
    source: rowsOf(job),
    batchSize: 500,
    checkpoint: job.checkpoint,
    constraints: "ignore",
    onProgress: (progress) => say(String(progress.rows + progress.resumed)),
  });
  say(`finished ${rows + resumed}`);
}
