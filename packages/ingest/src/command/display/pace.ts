/** How fast rows are written now, and how long the rest will take. */
import type { IngestProgress } from "../../progress/progress.ts";

type Seen = Pick<IngestProgress, "rows" | "resumed" | "elapsed" | "source">;

/** What the last so many milliseconds say; the whole time says it where it is shorter. */
const span = 15_000;

export class Pace {
  #seen: Seen[] = [];

  add(progress: Seen): void {
    if (this.#seen.length === 0) this.#seen.push(beginOf(progress));
    this.#seen.push(progress);
    // One from before the span stays, to measure from.
    while (this.#seen.length > 2 && progress.elapsed - this.#seen[1]!.elapsed >= span) this.#seen.shift();
  }

  /** Rows a second. */
  get rate(): number {
    const { first, last } = this.#ends;
    const time = last.elapsed - first.elapsed;
    return time <= 0 ? 0 : ((last.rows - first.rows) / time) * 1000;
  }

  /** The part of the source that is read, from 0 to 1; undefined where nobody knows. */
  get share(): number | undefined {
    return shareOf(this.#ends.last);
  }

  /** Milliseconds; undefined where nobody knows. */
  get timeLeft(): number | undefined {
    const { first, last } = this.#ends;
    const [before, now] = [shareOf(first) ?? 0, shareOf(last)];
    if (now === undefined || now <= before) return undefined;
    return ((last.elapsed - first.elapsed) * (1 - now)) / (now - before);
  }

  get #ends(): { first: Seen; last: Seen } {
    const first = this.#seen[0] ?? { rows: 0, resumed: 0, elapsed: 0 };
    return { first, last: this.#seen.at(-1) ?? first };
  }
}

/** What would have been seen before the first row: of the source, what an earlier run had read. */
function beginOf({ rows, resumed, source }: Seen): Seen {
  const bytesRead = rows + resumed === 0 ? 0 : ((source?.bytesRead ?? 0) * resumed) / (rows + resumed);
  return { rows: 0, resumed, elapsed: 0, source: source && { ...source, bytesRead } };
}

function shareOf({ source }: Seen): number | undefined {
  const { bytesRead, bytesTotal } = source ?? {};
  if (bytesRead === undefined || !bytesTotal) return undefined;
  return Math.min(bytesRead / bytesTotal, 1);
}
