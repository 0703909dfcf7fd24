/** Who ingests what: the groups of `bench:ingest`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { NodeVersion } from "../nodes.ts";
import type { WireCandidate, WireGroup } from "../wire/groups.ts";
import type { Language } from "../wire/languages.ts";

/** What the drivers that are given their batches by hand send with each. */
export const jobQuery = readFileSync(new URL("../../peers/job.cypher", import.meta.url), "utf8").trim();

const peers = fileURLToPath(new URL("../../peers/", import.meta.url));

function nodeProgram({ version, command, args }: NodeVersion, name: string, file: string): Language {
  return { name: `${name}, Node ${version}`, command, args: [...args, `${peers}node/${file}.mjs`] };
}

export function ours(node: NodeVersion, mode: string): WireCandidate {
  return { name: `fulgur, ${mode}`, language: nodeProgram(node, "fulgur", "fulgur-ingest"), mode };
}

export function theirs(node: NodeVersion): WireCandidate {
  const mode = "UNWIND by hand";
  return { name: `npm, ${mode}`, language: nodeProgram(node, "npm neo4j-driver", "npm-ingest"), mode };
}

/** @param found the Python driver as the wire benchmark starts it */
export function python({ name, command }: Language): WireCandidate {
  return { name, language: { name, command, args: [`${peers}python/ingest.py`] }, mode: "UNWIND by hand" };
}

/** @param file a recorded job */
export function bareSocket(node: NodeVersion, file: string): WireCandidate {
  return {
    name: "no client: its bytes by a bare socket",
    language: nodeProgram(node, "bare", "bare-socket"),
    mode: file,
  };
}

/** Jobs of so many rows, each by every candidate, the first of which is the reference. */
export function jobs(name: string, count: number, candidates: readonly [WireCandidate, ...WireCandidate[]]): WireGroup {
  return { name, workload: "ingest", count, fetchSize: 1000, reference: candidates[0].name, candidates };
}
