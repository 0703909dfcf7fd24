import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportTests } from "./command/export.ts";
import { environment } from "./command/fulgur.ts";
import { ingestTests } from "./command/ingest.ts";
import { passwordTests, queryTests } from "./command/query.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let folder: string;
beforeAll(async () => {
  server = await anyServer();
  folder = await mkdtemp(join(tmpdir(), "fulgur-command-"));
});
afterAll(async () => {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const bench = () => ({ server, folder });

queryTests(bench);
ingestTests(bench);
exportTests(bench);

describe("three million flights, a part of them", () => {
  it("go into a graph and out of it again, and are the same rows, duplicates counted", async () => {
    const connection = join(folder, "server.env");
    const lines = Object.entries(environment(bench())).map(([name, value]) => `${name}=${value}`);
    await writeFile(connection, lines.join("\n"));
    const script = fileURLToPath(new URL("../../examples/flights/round-trip.ts", import.meta.url));
    // Three of these rows repeat an earlier one wholly.
    const args = ["--conditions=@fulgur/source", script, "--limit=40000", `--connection=${connection}`];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toMatch(/^out of the graph: 40,000 rows, sum [0-9a-f]+\nThe same rows, duplicates counted\.$/m);
  }, 300_000);
});

passwordTests(bench);
