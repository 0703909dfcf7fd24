import type { CallTiming } from "../calls/interleave-calls.ts";
import { readJobs } from "../ingest/report.ts";
import type { Timing } from "../interleave.ts";
import { readResult } from "../results.ts";
import type { SizeResult } from "../size/size-result.ts";
import type { Spread } from "../statistics.ts";
import type { CodecResult, CodecResults } from "../summary.ts";
import type { Figure, Source } from "./asked.ts";

/** What the results say of a figure; a size and a ratio of runs without rounds in common have no quartiles. */
export interface Seen extends Partial<Spread> {
  readonly median: number;
  /** The workload, where the figure is the smallest of several. */
  readonly workload?: string;
}

interface TimedGroup {
  readonly name: string;
  readonly timings: readonly Timing[];
}

interface CallsResult {
  readonly oneByOne: readonly CallTiming[];
  readonly atOnce: readonly CallTiming[];
}

type CallSource = Extract<Source, { readonly of: string }>;

type Pair = Extract<Source, { readonly ours: string }>;

function ratioIn(groups: readonly TimedGroup[], { group, ours, to }: Pair): Seen | undefined {
  const timings = groups.find(({ name }) => name === group)?.timings ?? [];
  const own = timings.find(({ name }) => name.startsWith(ours));
  const other = timings.find(({ name }) => name.startsWith(to));
  if (own === undefined || other === undefined) return undefined;
  // The first is what `ratio` is to. Results of before `ratioTo` have only the times.
  if (other === timings[0]) return own.ratio;
  return own.ratioTo?.[other.name] ?? { median: other.ms.median / own.ms.median };
}

function ratioOfJobs(source: Extract<Source, { readonly part: "jobs" }>): Seen | undefined {
  const { groups } = readJobs();
  if (source.time === "wall") return ratioIn(groups, source);
  const byCpu = groups.map(({ name, timings }) => ({
    name,
    timings: timings.map((timing) => ({ ...timing, ratio: timing.cpuRatio, ratioTo: timing.cpuRatioTo })),
  }));
  return ratioIn(byCpu, source);
}

function ofMemory(size: "peak" | "growth"): Seen | undefined {
  const { memory } = readJobs();
  return size === "peak" ? memory?.sizes.at(-1)?.peak : memory && { median: memory.growth };
}

function inCodec(codec: CodecResult, source: Source): Seen | undefined {
  switch (source.part) {
    case "decode":
    case "encode":
      return ratioIn(codec[source.part], source);
    case "mean":
      return source.lists === "typed" ? codec.geometricMeanTyped : codec.geometricMean;
    case "smallest":
      return codec.smallest[source.to];
    default:
      return undefined;
  }
}

function ofCalls(timings: readonly CallTiming[], { to, of }: CallSource): Seen | undefined {
  const own = timings.find(({ name }) => name.startsWith("fulgur"));
  const other = timings.find(({ name }) => name.startsWith(to));
  if (own === undefined || other === undefined) return undefined;
  return of === "later" ? { median: own.ms.median - other.ms.median } : own[of];
}

/** Reads results/; answers what looks a figure up there, and says `undefined` of those that no result has. */
export function lookUp(): (figure: Figure) => Seen | undefined {
  const codec = readResult<CodecResults>("codec.json")?.nodes ?? {};
  const wire = readResult<{ groups: readonly TimedGroup[] }>("wire.json")?.groups ?? [];
  const calls = readResult<CallsResult>("calls.json");
  const sizes = readResult<SizeResult>("size.json")?.sizes ?? [];
  return ({ node, source }) => {
    if (source.part === "wire") return ratioIn(wire, source);
    if (source.part === "jobs") return ratioOfJobs(source);
    if (source.part === "memory") return ofMemory(source.size);
    if (source.part === "size") {
      const size = sizes.find(({ name }) => name === source.bundle);
      return size === undefined ? undefined : { median: size.gzipped };
    }
    if (source.part === "oneByOne" || source.part === "atOnce") return ofCalls(calls?.[source.part] ?? [], source);
    const own = codec[node];
    return own === undefined ? undefined : inCodec(own, source);
  };
}
