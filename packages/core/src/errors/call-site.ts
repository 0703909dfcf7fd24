/** Where in the user's program something was asked for; its text is only made when an error needs it. */
export interface CallSite {
  readonly stack?: string | undefined;
}

type Capture = (target: object, below: unknown) => void;
const capture = (Error as { captureStackTrace?: Capture }).captureStackTrace;

/**
 * Remembers where the caller of `below` is. V8 takes the frames now, cheaply, and formats them at the first access.
 *
 * @param below the function whose own frame, and those above it, are left out.
 */
export function callSite(below: unknown): CallSite {
  if (capture === undefined) return new Error("asked for here");
  const site: { stack?: string } = {};
  capture(site, below);
  return site;
}

/** The caller's function and line, such as `load (file:///app/load.ts:12:7)`; `undefined` where the platform doesn't tell. */
export function callerOf(site: CallSite | undefined): string | undefined {
  return /^\s+at (?:async )?(.+)$/m.exec(site?.stack ?? "")?.[1];
}

/** Appends a call site to an error's stack, which begins where the answer was read. The first one stays. */
export function appendCallSite<T extends Error>(error: T, site: CallSite | undefined): T {
  if (site === undefined || appended.has(error)) return error;
  appended.add(error);
  const frames = site.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  if (frames.length > 0 && typeof error.stack === "string") {
    error.stack = `${error.stack}\n    at --- asked for here ---\n${frames.join("\n")}`;
  }
  return error;
}

const appended = new WeakSet<Error>();
