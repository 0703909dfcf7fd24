/** Jobs on a real server, which is empty before each of them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NodeVersion } from "../nodes.ts";
import type { WireCandidate } from "../wire/groups.ts";
import type { Language } from "../wire/languages.ts";
import { measure, type WireTiming } from "../wire/measure.ts";
import { Program } from "../wire/program.ts";
import { bareSocket, jobQuery, jobs, ours, python, theirs } from "./candidates.ts";
import { Graph } from "./graph.ts";
import { Recorder, recordedConnection } from "./recorded-job.ts";

export interface LiveResult {
  readonly server: string;
  readonly timings: readonly WireTiming[];
}

/** @param pythonDriver where it is installed */
export async function live(
  node: NodeVersion,
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
  pythonDriver: Language | undefined,
): Promise<LiveResult> {
  await using graph = await Graph.start();
  const folder = mkdtempSync(join(tmpdir(), "fulgur-ingest-"));
  try {
    const file = join(folder, "job.json");
    const candidate = ours(node, "ingest()");
    writeFileSync(file, JSON.stringify(await recordJob(candidate, graph, rows)));
    const group = jobs(`real server, Node ${node.major}`, rows, [
      theirs(node),
      candidate,
      ...(pythonDriver === undefined ? [] : [python(pythonDriver)]),
      bareSocket(node, file),
    ]);
    // Of some forty batches each: whoever isn't warm by then never is.
    const timings = await measure({ ...group, warmUps: 1 }, String(graph.port), rounds, (name) =>
      graph.checkAndEmpty(name),
    );
    return { server: graph.version, timings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A job's bytes, as it sends them once its process is warm: how large batches become depends on that. */
async function recordJob({ name, language, mode }: WireCandidate, graph: Graph, rows: number) {
  const recorder = new Recorder(graph.port);
  const program = new Program(language.command, [
    ...language.args,
    await recorder.listen(),
    mode,
    "ingest",
    String(rows),
  ]);
  await program.pass();
  await graph.checkAndEmpty(name);
  await program.end();
  const connections = (await recorder.end()).map(recordedConnection).filter((one) => one !== undefined);
  // Else the drivers would not do the same work.
  if (!connections.every(({ work }) => Buffer.from(work, "base64").includes(jobQuery)))
    throw new Error("ingest() sends another Cypher than the one that the other drivers are given");
  return connections;
}
