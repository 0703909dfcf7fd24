/** What a job tells while it runs: on a terminal, in a log, or to a machine. */
import type { IngestProgress } from "../../progress/progress.ts";
import type { Terminal } from "../terminal.ts";
import { Pace } from "./pace.ts";
import { barLine, plainLine } from "./progress-line.ts";
import { pad, widthOf } from "./width.ts";

export interface Reporter {
  begin(step: string): void;
  progress(step: string, progress: IngestProgress): void;
  warn(step: string, message: string, code: string): void;
  /** What is worth knowing, and of no step. */
  note(message: string): void;
  /** Somebody wants it to stop; batches in flight are being finished. */
  interrupted(): void;
  /** The step ended, well or not: what is on the screen stays. */
  finish(step: string): void;
}

/** Milliseconds between two lines. */
const intervals = { terminal: 100, log: 10_000, machine: 1_000 };

/** Lines of JSON on the output. Everything that can be known is in them; the last one is the summary. */
export function machineReporter(write: (event: object) => void): Reporter {
  const due = new Every(intervals.machine, { atOnce: true });
  return {
    begin: (step) => write({ event: "step", step }),
    progress(step, progress) {
      if (due.isTime(progress.elapsed)) write({ event: "progress", step, ...progress });
    },
    warn: (step, message, code) => write({ event: "warning", step, code, message }),
    note: (message) => write({ event: "note", message }),
    interrupted: () => write({ event: "interrupted" }),
    finish: () => due.reset(),
  };
}

/**
 * Lines on the error stream; on a terminal one that redraws itself.
 *
 * @param steps the names of all, so that their lines are aligned
 */
export function peopleReporter(terminal: Terminal, steps: readonly string[]): Reporter {
  const nameWidth = Math.max(...steps.map(widthOf));
  const isLively = terminal.isLively;
  const due = new Every(isLively ? intervals.terminal : intervals.log);
  const { stderr } = terminal;
  let pace = new Pace();
  let last: { readonly step: string; readonly progress: IngestProgress } | undefined;
  const draw = () => {
    if (last === undefined) return;
    const { step, progress } = last;
    if (isLively)
      stderr.write(`\r${barLine(pad(step, nameWidth, "left"), progress, pace, (stderr.columns ?? 80) - 1)}\u001b[K`);
    else stderr.write(`${plainLine(step, progress, pace)}\n`);
  };
  /** A line above the one that redraws itself. */
  const between = (line: string) => {
    if (isLively) stderr.write("\r\u001b[K");
    terminal.say(line);
    if (isLively) draw();
  };
  return {
    begin(step) {
      pace = new Pace();
      last = undefined;
      due.reset();
      if (isLively) stderr.write(step);
    },
    progress(step, progress) {
      pace.add(progress);
      last = { step, progress };
      if (due.isTime(progress.elapsed)) draw();
    },
    warn: (step, message) => between(`${step}: warning: ${message}`),
    note: between,
    interrupted: () => between("Interrupted: the batches in flight are finished first; once more ends at once."),
    finish() {
      // At the end the rate is that of the whole time.
      pace = new Pace();
      if (last !== undefined) pace.add(last.progress);
      draw();
      last = undefined;
      if (isLively) stderr.write("\n");
    },
  };
}

/** Whether it is time again, by the clock of a step. */
class Every {
  readonly #milliseconds: number;
  readonly #first: number;
  #last: number;

  /** @param atOnce whether the first time is the beginning, and not a while after it */
  constructor(milliseconds: number, { atOnce = false }: { atOnce?: boolean } = {}) {
    this.#milliseconds = milliseconds;
    this.#first = atOnce ? Number.NEGATIVE_INFINITY : 0;
    this.#last = this.#first;
  }

  isTime(now: number): boolean {
    if (now - this.#last < this.#milliseconds) return false;
    this.#last = now;
    return true;
  }

  reset(): void {
    this.#last = this.#first;
  }
}
