/**
 * Takes the picture of the command's screen that stands in its README, of a real job on a real server.
 *
 *   node examples/flights/take-picture.ts [--limit=1000000]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startNeo4j } from "@fulgur/neo4j-testing";
import { program } from "./program.ts";
import { picture, Screen } from "./screen.ts";

const columns = 118;
const { values } = parseArgs({ options: { limit: { type: "string" } } });
const folder = fileURLToPath(new URL(".", import.meta.url));
const preload = new URL("terminal.mjs", import.meta.url).href;
const target = new URL("../../packages/ingest/screen.svg", import.meta.url);

/** Runs the command, and gives its screen when the last line matches, and at its end. */
async function play(args: readonly string[], env: NodeJS.ProcessEnv, moment?: RegExp): Promise<readonly string[][]> {
  const shown = args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(" ");
  const screen = new Screen();
  // A shell shows further lines of a command behind `>`.
  screen.write(`$ fulgur ${shown.replaceAll("\n", "\n> ")}\n`);
  let during: string[] | undefined;
  const child = spawn(process.execPath, ["--import", preload, ...program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, COLUMNS: String(columns), TERM: "xterm" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (output: string) => {
      screen.write(output);
      if (during === undefined && moment?.test(screen.lines.at(-1) ?? "")) during = [...screen.lines];
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`fulgur ${args[0]} ended with ${code}:\n${screen.lines.join("\n")}`);
  return during === undefined ? [[...screen.lines]] : [during, [...screen.lines]];
}

await using server = await startNeo4j({
  heap: "3g",
  jit: "full",
  settings: { "server.memory.pagecache.size": "1g" },
});
const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
const limit = values.limit === undefined ? [] : ["--limit", values.limit];
const ingested = await play(["ingest", "plan.yaml", ...limit], env, /^flights +\S+ +(4\d|[5-9]\d) %/);
const busiest = `MATCH (a:Airport)-[f:FLIGHT]->()
RETURN a.iata AS iata, a.name AS airport, count(f) AS flights, max(f.delay) AS delay
ORDER BY flights DESC LIMIT 4`;
const asked = await play(["query", busiest], env);
await writeFile(target, picture([...ingested, ...asked], columns));
console.log(`${fileURLToPath(target)}\n\n${[...ingested, ...asked].map((lines) => lines.join("\n")).join("\n\n")}`);
