/** What the platform gives besides the network: its environment, its warnings, its error stream, asynchronous contexts. */
import { AsyncLocalStorage } from "node:async_hooks";
import process from "node:process";
import { debuglog } from "node:util";
import { threadId } from "node:worker_threads";

/** A variable of the environment; an empty one is none. */
export function environmentVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** Raises a process warning: users see it once on the error stream, or take it by `process.on("warning")`. */
export function emitWarning(warning: Error & { readonly code?: string; readonly detail?: string }): void {
  process.emitWarning(warning);
}

/** Writes a line to the error stream. */
export function writeErrorLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes lines of a section that `NODE_DEBUG` names; `undefined` when it doesn't. */
export function debugSection(name: string): ((text: string) => void) | undefined {
  const log = debuglog(name);
  // Given as a value, not as a format: a percent sign in a query is only that.
  return log.enabled ? (text) => log("%s", text) : undefined;
}

/** A name for this thread. */
export function threadName(): string {
  return threadId === 0 ? "main" : `worker-${threadId}`;
}

let contexts: AsyncLocalStorage<string> | undefined;

/** The innermost {@link runWithLogContext} that this runs in. */
export function logContext(): string | undefined {
  return contexts?.getStore();
}

/** Runs `work`; lines of the log that it, or what it awaits, causes have `context` as their field. (LOG-18) */
export function runWithLogContext<T>(context: string, work: () => T): T {
  contexts ??= new AsyncLocalStorage();
  return contexts.run(context, work);
}

/** Knows whether it runs inside of its own `run`, across whatever is awaited. */
export interface AsyncMark {
  run<T>(work: () => T): T;
  readonly isInside: boolean;
}

/** Costs every promise a little, in older Nodes: for debug mode. */
export function asyncMark(): AsyncMark {
  const inside = new AsyncLocalStorage<true>();
  return {
    run: (work) => inside.run(true, work),
    get isInside() {
      return inside.getStore() === true;
    },
  };
}
