import { type Language, nodeProgram } from "./languages.ts";

/** One way through a workload by one driver. */
export interface WireCandidate {
  readonly name: string;
  readonly language: Language;
  readonly mode: string;
  /** The share of the workload that it gets; its times are scaled by it. For drivers that would take minutes. */
  readonly share?: number;
}

/** What is compared in one interleaved run. */
export interface WireGroup {
  readonly name: string;
  readonly workload: "rows" | "mixed" | "nodes" | "ingest";
  readonly count: number;
  readonly fetchSize: number;
  /** Passes of each candidate before the first round. Default: by the time that they take. */
  readonly warmUps?: number;
  /** The candidate that ratios are to. */
  readonly reference: string;
  readonly candidates: readonly WireCandidate[];
}

const rows = { workload: "rows", count: 1_000_000 } as const;
const mixed = { workload: "mixed", count: 1_000_000 } as const;
const nodes = { workload: "nodes", count: 200_000 } as const;
const ingest = { workload: "ingest", count: 100 } as const;

/** Everything that runs in one Node, beside the drivers of other languages. */
export function wireGroups(
  node: { readonly version: string; readonly command: string },
  others: { readonly [name: string]: Language | undefined },
): WireGroup[] {
  const major = node.version.replace(/\..*/, "");
  const fulgur = nodeProgram(node.command, major, "fulgur");
  const npm = nodeProgram(node.command, major, "npm");
  const ours = (mode: string): WireCandidate => ({ name: `fulgur, ${mode}`, language: fulgur, mode });
  const theirs = (mode: string): WireCandidate => ({ name: `npm, ${mode}`, language: npm, mode });
  const foreign = (mode: string, shares: Readonly<Record<string, number>>): WireCandidate[] =>
    Object.entries(others).flatMap(([key, language]) =>
      language === undefined ? [] : [{ name: language.name, language, mode, share: shares[key] ?? 1 }],
    );
  const streamed = [theirs("subscribe"), theirs("for await"), ours("batches"), ours("for await")];
  const kept = [theirs("eager"), ours("eager"), ours("rows")];
  const stream = (size: typeof rows | typeof nodes): WireGroup => ({
    name: `stream of ${size.workload}, Node ${major}`,
    ...size,
    fetchSize: -1,
    reference: "npm, subscribe",
    candidates: [...streamed, ...foreign("stream", { "python-rust": 0.05, python: 0.01 })],
  });
  const portions = (size: typeof rows | typeof nodes): WireGroup => ({
    name: `stream of ${size.workload} by 1,000, Node ${major}`,
    ...size,
    fetchSize: 1000,
    reference: "npm, subscribe",
    candidates: streamed,
  });
  const whole = (size: typeof rows | typeof nodes): WireGroup => ({
    name: `all ${size.workload} kept, Node ${major}`,
    ...size,
    fetchSize: -1,
    reference: "npm, eager",
    candidates: kept,
  });
  return [
    stream(rows),
    stream(nodes),
    {
      name: `ingest, Node ${major}`,
      ...ingest,
      fetchSize: 1000,
      reference: "npm, ingest",
      candidates: [theirs("ingest"), ours("ingest"), ...foreign("ingest", { python: 0.1 })],
    },
    whole(rows),
    whole(nodes),
    portions(rows),
    portions(nodes),
    {
      name: `mixed rows to columns, streamed, Node ${major}`,
      ...mixed,
      fetchSize: -1,
      reference: "npm, objects by subscribe",
      candidates: [
        theirs("objects by subscribe"),
        ours("batches of columns"),
        ours("batches of columns, strings made"),
      ],
    },
    {
      name: `mixed rows to columns, whole, Node ${major}`,
      ...mixed,
      fetchSize: -1,
      reference: "npm, objects",
      candidates: [theirs("objects"), ours("rows"), ours("columns"), ours("columns, strings made")],
    },
  ];
}
