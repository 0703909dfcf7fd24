import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { codec } from "./engines.ts";
import { recordsOf } from "./wasm-streams.ts";

const execute = promisify(execFile);
const flags = ["--expose-gc", "--conditions=@fulgur/source", "--no-warnings"];
const pathOf = (name: string): string => fileURLToPath(new URL(`./memory/${name}.ts`, import.meta.url));

/** What a script of test/memory/ says, run in a process of its own. */
async function said<Answer>(name: string, ...parameters: string[]): Promise<Answer> {
  const { stdout } = await execute(process.execPath, [...flags, pathOf(name), ...parameters]);
  return JSON.parse(stdout) as Answer;
}

describe("memory", () => {
  for (const engine of ["wasm", "plain"]) {
    it(`of a million rows is given back when they are dropped, in the ${engine} engine`, {
      timeout: 120_000,
    }, async () => {
      const { count, start, full, end } = await said<Record<string, number>>("held-rows", engine);
      expect(count).toBe(1_000_000);
      // Rows of four values, held: something to give back.
      expect(full - start).toBeGreaterThan(100e6);
      expect(end - start).toBeLessThan(1e6);
    });
  }

  it("of few kept strings is that of the texts they are parts of, unless strings are detached", {
    timeout: 120_000,
  }, async () => {
    const bytes = async (...parameters: string[]) =>
      (await said<{ bytes: number }>("kept-strings", ...parameters)).bytes;
    // Each round's text is some 100 kB long: one region.
    expect(await bytes("string", "false")).toBeGreaterThan(20_000);
    expect(await bytes("string", "true")).toBeLessThan(3000);
    expect(await bytes("string", "false", "plain")).toBeLessThan(3000);
    expect(await bytes("row", "true")).toBeLessThan(3000);
  });

  for (const what of ["map key", "repeated string", "single row"]) {
    it(`of a ${what} is never that of a longer text`, { timeout: 120_000 }, async () => {
      expect((await said<{ bytes: number }>("kept-strings", what, "false")).bytes).toBeLessThan(
        what === "map key" ? 9000 : 3000,
      );
    });
  }

  it("is each thread's own: workers decode and encode at once, and beside this thread", async () => {
    const one = codec({ engine: "wasm" });
    const names = ["id", "name"];
    const streams = Array.from({ length: 3 }, (_, thread) =>
      recordsOf(
        one,
        Array.from({ length: 1000 }, (_, i) => [i + thread, `thread ${thread} ${"ż".repeat(i % 9)}`]),
      ),
    );
    const answers = streams.map((stream) => {
      const worker = new Worker(pathOf("worker"), {
        workerData: { stream, fields: names, rounds: 30 },
        execArgv: flags.slice(1),
      });
      return new Promise<{ sum: number; encoded: number; engine: string }>((resolve, reject) => {
        worker.once("message", resolve).once("error", reject);
      });
    });
    const expected = streams.map((stream) => {
      const decoder = one.decoder();
      decoder.expect({ statement: "worker", fields: names });
      const rows: { id: number; name: string }[] = [];
      for (const item of decoder.push(stream))
        if (item.type === "RECORD") rows.push(...(item.objects(names) as typeof rows));
      const sum = rows.reduce((all, { id, name }) => all + id + name.length, 0);
      return { sum: sum * 30, encoded: one.encodeValue(rows).length, engine: "wasm", memory: true };
    });
    expect(await Promise.all(answers)).toEqual(expected);
  });

  it("of strings doesn't change what they are", () => {
    const rows = Array.from({ length: 300 }, (_, i) => [
      i,
      "x".repeat(i % 40),
      "ż".repeat(i % 30),
      i % 2 ? `odd ${i} and long` : i,
      [`in a list, ${i}, ż`],
    ]);
    const read = (detachStrings: boolean) => {
      const one = codec({ engine: "wasm", detachStrings });
      const decoder = one.decoder();
      decoder.expect({ fields: ["a", "b", "c", "d", "e"] });
      const found: unknown[] = [];
      for (const item of decoder.push(recordsOf(one, rows))) if (item.type === "RECORD") found.push(...item.rows());
      return found;
    };
    expect(read(true)).toEqual(rows);
    expect(read(false)).toEqual(rows);
    expect(() => codec({ detachStrings: "yes" as never })).toThrow(/detachStrings has to be true or false/);
  });
});
