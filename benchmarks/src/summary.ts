import type { Timing } from "./interleave.ts";
import type { Machine } from "./machine.ts";
import type { Spread } from "./statistics.ts";

/** The timings of one workload. */
export interface Group {
  readonly name: string;
  readonly rows: number;
  readonly bytes?: number;
  readonly timings: readonly Timing[];
}

/** What a Node's decode workloads come to, `fulgur auto` everywhere. */
export interface Summary {
  /** To the npm driver, without temporals: each quartile is the geometric mean of the workloads' quartiles. */
  readonly geometricMean: Spread;
  /** The same with lists of floats as typed arrays where the workload is one of such lists. */
  readonly geometricMeanTyped: Spread;
  /** By reference, the workload where the ratio to it is the smallest. */
  readonly smallest: Readonly<Record<string, Spread & { readonly workload: string }>>;
}

/** What was measured on one Node. */
export interface CodecResult extends Summary {
  readonly machine: Machine;
  readonly decode: readonly Group[];
  readonly encode: readonly Group[];
}

/** codec.json: by the major version of Node. */
export interface CodecResults {
  readonly nodes?: Readonly<Record<string, CodecResult>>;
}

const typedLists = "fulgur, typed lists";

function timingOf({ timings }: Group, name: string): Timing | undefined {
  return timings.find((timing) => timing.name === name);
}

function geometricMean(spreads: readonly Spread[]): Spread {
  const of = (key: keyof Spread) => Math.exp(spreads.reduce((sum, s) => sum + Math.log(s[key]), 0) / spreads.length);
  return { q1: of("q1"), median: of("median"), q3: of("q3") };
}

export function summarize(decode: readonly Group[], references: readonly string[]): Summary {
  const counted = decode.filter(({ name }) => !name.startsWith("temporals"));
  const auto = (group: Group) => timingOf(group, "fulgur auto") as Timing;
  const smallest = references.map((reference) => {
    const all = decode.flatMap((group) => {
      const ratio = auto(group).ratioTo?.[reference];
      return ratio === undefined ? [] : [{ ...ratio, workload: group.name }];
    });
    return [reference, all.sort((a, b) => a.median - b.median)[0]] as const;
  });
  return {
    geometricMean: geometricMean(counted.map((group) => auto(group).ratio)),
    geometricMeanTyped: geometricMean(counted.map((group) => (timingOf(group, typedLists) ?? auto(group)).ratio)),
    smallest: Object.fromEntries(
      smallest.filter((entry): entry is [string, NonNullable<(typeof entry)[1]>] => !!entry[1]),
    ),
  };
}
