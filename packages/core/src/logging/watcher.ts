/** The quick way to see what the drivers of a process do: `watch("neo4j")`. */
import { ConfigurationError } from "@fulgur/neo4j-types";
import { threadName, writeErrorLine } from "../transport/host.ts";
import { isThreshold, type LogThreshold, logThresholds, rankOf } from "./level.ts";
import { lineOf } from "./line.ts";
import { listen } from "./logging.ts";
import { type LogRecord, loggerNames } from "./record.ts";

/** Takes text: a writable stream, or anything with its `write`. */
export interface TextOutput {
  write(text: string): unknown;
}

export interface WatchOptions {
  /** From which level on. Default: the watcher's, `"debug"`. */
  readonly level?: LogThreshold | undefined;
  /** Where to. Default: the watcher's, the error stream. */
  readonly out?: TextOutput | undefined;
}

export interface WatcherOptions extends WatchOptions {
  /** Whether levels are coloured by ANSI codes. Default false. */
  readonly colour?: boolean | undefined;
  /** Whether lines name the thread. Default true. */
  readonly threadInfo?: boolean | undefined;
  /** Whether lines name the asynchronous context (`runWithLogContext`). Default true. */
  readonly taskInfo?: boolean | undefined;
}

/** Names of loggers, and options behind them. */
type WatcherArguments = string[] | [...string[], WatcherOptions];

/**
 * Prints lines of the named loggers, and of those below them, of all drivers in this process, between `watch()` and `stop()`.
 * Two watchers of the same name print each line twice. (LOG-07)
 *
 * @example
 * ```ts
 * using watcher = new Watcher("neo4j.pool", "neo4j.io").watch({ level: "debug" });
 * ```
 */
export class Watcher implements Disposable {
  readonly #names: readonly string[];
  readonly #options: WatcherOptions;
  #stop: (() => void) | undefined;

  /**
   * @param names of loggers, such as `"neo4j"`; the last argument may be options
   * @throws ConfigurationError without a name, or for a name or a level that doesn't exist
   */
  constructor(...names: WatcherArguments) {
    const all: readonly (string | WatcherOptions)[] = names;
    this.#names = all.filter((name) => typeof name === "string");
    this.#options = all.find((name) => typeof name === "object") ?? {};
    checkLevel(this.#options.level);
    if (this.#names.length === 0)
      throw new ConfigurationError('A watcher needs the name of a logger, such as "neo4j".');
    const strange = this.#names.find((name) => !(loggerNames as readonly string[]).includes(name));
    if (strange !== undefined) {
      const list = loggerNames.join(", ");
      throw new ConfigurationError(`There is no logger ${JSON.stringify(strange)} to watch; the loggers are ${list}.`);
    }
  }

  /** Starts, or starts anew with these options in place of the watcher's own. (LOG-08) */
  watch({ level, out }: WatchOptions = {}): this {
    checkLevel(level);
    this.stop();
    const { colour = false, threadInfo = true, taskInfo = true } = this.#options;
    const rank = rankOf[level ?? this.#options.level ?? "debug"];
    const output = out ?? this.#options.out;
    const print = output === undefined ? writeErrorLine : (line: string) => output.write(`${line}\n`);
    const thread = threadInfo ? { thread: threadName() } : {};
    this.#stop = listen({
      rank: (name) => (this.#names.some((own) => name === own || name.startsWith(`${own}.`)) ? rank : 0),
      write: (record) => print(lineOf(taskInfo ? record : withoutContext(record), { colour, ...thread })),
    });
    return this;
  }

  /** Stops; harmless when it isn't running. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}

/** Makes a {@link Watcher} and starts it. (LOG-06) */
export function watch(...names: WatcherArguments): Watcher {
  return new Watcher(...names).watch();
}

function withoutContext({ context: _, ...record }: LogRecord): LogRecord {
  return record;
}

function checkLevel(level: unknown): void {
  if (level === undefined || isThreshold(level)) return;
  throw new ConfigurationError(`The option \`level\` must be one of ${logThresholds.join(", ")}.`, { option: "level" });
}
