/** The `fulgur` command: which command is meant, and how failures are told. */
import { CommandFailure, exitCodeOf, exitCodes, failureData, failureText, UsageError } from "./failure.ts";
import { type Streams, Terminal } from "./terminal.ts";

/** Each command is loaded when it is called. */
const commands: { readonly [name: string]: { summary: string; load(): Promise<Command> } } = {
  ingest: {
    summary: "write the rows of files into a graph, by a plan",
    load: async () => (await import("./ingest/ingest-command.ts")).ingest,
  },
  export: {
    summary: "write the rows of a query into a file",
    load: async () => (await import("./export/export-command.ts")).exportRows,
  },
  query: {
    summary: "run a query and print its rows",
    load: async () => (await import("./query/query-command.ts")).query,
  },
};

/** Gives the exit code. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const help = `fulgur <command> [flags]

Moves data into and out of Neo4j.

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(8)}${summary}`)
  .join("\n")}

  fulgur <command> --help   what it takes
  fulgur --version

Exit codes: ${exitCodes.done} done; ${exitCodes.failed} failed; ${exitCodes.usage} wrong arguments, plan or connection settings; ${exitCodes.rejected} done, but rows were rejected;
${exitCodes.interrupted} interrupted; ${exitCodes.brokenPipe} the reader of the output went away; ${exitCodes.terminated} terminated
`;

/** @returns the exit code; failures are told on the error stream */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const terminal = new Terminal(streams);
  try {
    return await run(args, terminal);
  } catch (error) {
    if (isBrokenPipe(error)) return exitCodes.brokenPipe;
    if (isForMachines(args) && !(error instanceof CommandFailure && error.isSummed))
      await tellMachines(error, terminal);
    terminal.say(`fulgur: ${failureText(error)}`);
    return exitCodeOf(error);
  }
}

/** Told by the arguments as they are: they may be what is wrong. */
function isForMachines(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(1, end < 0 ? undefined : end).includes("--json");
}

/** Whoever reads lines of JSON gets a last one, however early the command fails. */
async function tellMachines(error: unknown, terminal: Terminal): Promise<void> {
  const { jsonLine } = await import("./display/json.ts");
  const line = jsonLine({ event: "summary", exitCode: exitCodeOf(error), error: failureData(error) });
  // The reader may be gone: then people are told all the same.
  await terminal.print(terminal.withoutSecrets(line)).catch(() => {});
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    if (name !== undefined) await terminal.print(help);
    else terminal.say(help.trimEnd());
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  if (name === "--version" || name === "-v" || name === "-V") {
    const { version } = await import("./version.ts");
    await terminal.print(`${version()}\n`);
    return exitCodes.done;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const { nearest } = await import("@fulgur/neo4j-core");
    const near = nearest(name, Object.keys(commands));
    const advice = near === undefined ? "`fulgur --help` lists them." : `did you mean ${near}?`;
    throw new UsageError(`There is no command ${JSON.stringify(name)}: ${advice}`);
  }
  return (await command.load())(rest, terminal);
}

/** Whether the reader of our output went away, as `head` does. */
function isBrokenPipe(error: unknown): boolean {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return code === "EPIPE" || (cause instanceof Error && isBrokenPipe(cause));
}
