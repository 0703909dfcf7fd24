/** One line that says how far a step is. */
import type { IngestProgress } from "../../progress/progress.ts";
import { clock, counted, grouped } from "./numbers.ts";
import type { Pace } from "./pace.ts";
import { cut, pad, widthOf } from "./width.ts";

type Shown = Pick<IngestProgress, "rows" | "resumed" | "elapsed" | "serverWait" | "rejected" | "retried">;

const barWidth = 24;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** With a bar, for a terminal of this width; what has no room is left out, the least important first. */
export function barLine(name: string, progress: Shown, pace: Pace, width: number): string {
  const { share } = pace;
  const [first, ...more] = facts(progress, pace);
  const parts = [first!, ...more];
  if (share !== undefined) {
    const [bar, done] = [blocks(share), percent(share).padStart(5)];
    // The bar is the first to go where not even the rows would stand beside it.
    parts.unshift(widthOf([name, `${bar} ${done}`, first].join("  ")) > width ? done : `${bar} ${done}`);
  }
  while (parts.length > 1 && widthOf([name, ...parts].join("  ")) > width) parts.pop();
  return cut([name, ...parts].join("  "), width);
}

/** Without a bar, for a log. */
export function plainLine(name: string, progress: Shown, pace: Pace): string {
  const { share } = pace;
  const all = facts(progress, pace);
  if (share !== undefined) all.splice(1, 0, percent(share));
  return `${name}: ${all.join(", ")}`;
}

function facts({ rows, resumed, elapsed, serverWait, rejected, retried }: Shown, pace: Pace): string[] {
  const { timeLeft } = pace;
  const all = [counted(rows + resumed, "row"), `${grouped(Math.round(pace.rate))} rows/s`];
  if (timeLeft !== undefined && pace.share !== 1) all.push(`${clock(timeLeft)} left`);
  if (elapsed > 0) all.push(`server wait ${percent(serverWait / elapsed)}`);
  all.push(`${grouped(rejected)} rejected`);
  if (retried > 0) all.push(`${grouped(retried)} retried`);
  return all;
}

export function percent(share: number): string {
  return `${Math.round(Math.min(Math.max(share, 0), 1) * 100)} %`;
}

function blocks(share: number): string {
  const filled = Math.round(share * barWidth * 8);
  const text = "█".repeat(Math.floor(filled / 8)) + eighths[filled % 8];
  return pad(text, barWidth, "left").replaceAll(" ", "░");
}
