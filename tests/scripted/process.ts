/** Programs in processes of their own, for what only a fresh process shows: its environment, flags, warnings and its end. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));

export interface ProgramOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a module that has `auth` and `driver`; rejects if the process does not end with 0, or not by itself. */
export async function runProgram(code: string, { flags = [], env = {} }: ProgramOptions = {}) {
  const script = `import { auth, driver } from "@fulgur/neo4j-driver";\n${code}`;
  const { NODE_DEBUG: _, NEO4J_DEBUG: __, ...inherited } = process.env;
  return promisify(execFile)(
    process.execPath,
    ["--conditions=@fulgur/source", ...flags, "--input-type=module", "--eval", script],
    { cwd: here, env: { ...inherited, ...env }, timeout: 20_000 },
  );
}

/** A process warning, as `process.on("warning")` gets it. */
export interface SeenWarning extends Error {
  readonly code?: string;
  readonly detail?: string;
}

/** The process warnings of this test, as they come; `settled` waits until those that were raised have come. */
export function processWarnings() {
  const seen: SeenWarning[] = [];
  const listen = (warning: SeenWarning) => void seen.push(warning);
  process.on("warning", listen);
  onTestFinished(() => void process.off("warning", listen));
  return {
    seen,
    settled: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return seen;
    },
    stop: () => process.off("warning", listen),
  };
}
