/**
 * A job for the test of jobs that are killed: run as a process of its own. It prints how many rows it has written after each batch, and is at any
 * moment of its life when the signal comes.
 */
import { auth, driver } from "@fulgur/neo4j-driver";
import { type IngestOptions, ingest } from "@fulgur/neo4j-ingest";

export interface JobArguments {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly kind: keyof typeof targets;
  readonly checkpoint: string;
  readonly rejected: string;
}

export const rowCount = 12_000;
/** There is no such person. */
export const nobody = (row: number) => row % 3_001 === 17;
/** Its value can't be a property. */
export const noProperty = (row: number) => row % 4_001 === 23;

const people = 500;
const person = { label: "KilledPerson", key: "id" };

export const targets = {
  create: { nodes: { labels: "KilledNode" } },
  merge: { nodes: { labels: "KilledNode", key: "row" } },
  relationships: {
    relationships: {
      type: "KILLED",
      from: { ...person, field: "a" },
      to: { ...person, field: "b" },
      properties: ["row", "value"],
    },
  },
  query: { query: "CREATE (:KilledNode {row: row.row, value: row.value})", partitionBy: "row" },
} satisfies Record<string, Partial<IngestOptions<object>>>;

/** Row 0 and up: the same whenever it is read. */
function* rows(kind: JobArguments["kind"]) {
  for (let row = 0; row < rowCount; row++) {
    const value = kind !== "relationships" && noProperty(row) ? [[row], "x"] : `value ${row}`;
    if (kind !== "relationships") yield { row, value };
    else yield { row, value, a: row % people, b: nobody(row) ? -1 : (row * 7919) % people };
  }
}

if (process.argv[2] !== undefined) {
  const { uri, username, password, kind, checkpoint, rejected } = JSON.parse(process.argv[2]) as JobArguments;
  await using db = driver(uri, auth.basic(username, password));
  const { rows: written, wasFinished } = await ingest(db, {
    ...targets[kind],
    source: rows(kind),
    batchSize: 150,
    concurrency: 3,
    checkpoint,
    rejected,
    constraints: "ignore",
    onProgress: ({ rows: count }) => void process.stdout.write(`${count}\n`),
  });
  process.stdout.write(`finished ${written} ${wasFinished}\n`);
}
