/** Counts what happens, for progress and result. */
import type { Updates } from "@fulgur/neo4j-driver";
import type { SourceProgress } from "../source/row-source.ts";
import { noCounters, sumCounters } from "./counters.ts";
import type { IngestProgress } from "./progress.ts";

export interface MeterSources {
  readonly inFlight: () => number;
  readonly batchSize: () => number;
  readonly rejected: () => number;
  readonly source: (() => SourceProgress) | undefined;
}

export class Meter {
  readonly #begin = performance.now();
  #rows = 0;
  #batches = 0;
  #resumed = 0;
  #unmatched = 0;
  #retried = 0;
  #serverWait = 0;
  #sourceWait = 0;
  #counters = noCounters;

  get rows(): number {
    return this.#rows;
  }

  get counters(): Updates {
    return this.#counters;
  }

  get elapsed(): number {
    return performance.now() - this.#begin;
  }

  committed(rows: number, unmatched: number, counters: Updates): void {
    this.#rows += rows;
    this.#batches++;
    this.#unmatched += unmatched;
    this.#counters = sumCounters(this.#counters, counters);
  }

  resumed(rows: number): void {
    this.#resumed += rows;
  }

  retried(): void {
    this.#retried++;
  }

  /** The time of a step in which nothing else could be done. */
  async waiting<T>(what: "server" | "source", step: Promise<T>): Promise<T> {
    const begin = performance.now();
    try {
      return await step;
    } finally {
      const took = performance.now() - begin;
      if (what === "server") this.#serverWait += took;
      else this.#sourceWait += took;
    }
  }

  progress({ inFlight, batchSize, rejected, source }: MeterSources): IngestProgress {
    const { elapsed } = this;
    const read = source?.();
    return {
      rows: this.#rows,
      batches: this.#batches,
      resumed: this.#resumed,
      rejected: rejected(),
      unmatched: this.#unmatched,
      retried: this.#retried,
      inFlight: inFlight(),
      batchSize: batchSize(),
      rate: elapsed > 0 ? (this.#rows * 1000) / elapsed : 0,
      elapsed,
      serverWait: this.#serverWait,
      sourceWait: this.#sourceWait,
      ...(read === undefined ? {} : { source: read }),
    };
  }
}
