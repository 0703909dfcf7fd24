import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Bench, type Ended, environment, fulgur, type RunOptions, startFulgur } from "./fulgur.ts";

export function queryTests(bench: () => Bench): void {
  const env = () => environment(bench());
  const query = (...args: string[]): Promise<Ended> => fulgur(["query", ...args], { env: env() });

  describe("fulgur query", () => {
    it("prints a table, and what it did beside it", async () => {
      const { code, stdout, stderr } = await query("UNWIND [1, 20] AS n RETURN n, 'x' + n AS text, null AS nothing");
      expect(stdout).toBe(" n  text  nothing\n──  ────  ───────\n 1  x1    null\n20  x20   null\n");
      expect(stderr).toMatch(/^2 rows, [\d.]+ m?s\n$/);
      expect(code).toBe(0);
    });

    it("takes parameters, and the query from a file or standard input", async () => {
      const file = join(bench().folder, "q.cypher");
      await writeFile(file, "RETURN $a + 1 AS a, $b AS b");
      const fromFile = await query("--file", file, "--param", "a=1", "-p", "b=two words");
      expect(fromFile.stdout).toBe("a  b\n─  ─────────\n2  two words\n");
      const piped = await fulgur(["query", "-f", "-", "--format", "jsonl"], { env: env(), input: "RETURN 1 AS one" });
      expect(piped.stdout).toBe('{"one":1}\n');
    });

    it.each([
      ["csv", 'id,text\n1,"a,""b"""\n2,\n'],
      ["jsonl", '{"id":1,"text":"a,\\"b\\""}\n{"id":2,"text":null}\n'],
      ["json", '[\n{"id":1,"text":"a,\\"b\\""},\n{"id":2,"text":null}\n]\n'],
    ])("prints %s for programs", async (format, printed) => {
      const cypher = `UNWIND [{id: 1, text: 'a,"b"'}, {id: 2}] AS r RETURN r.id AS id, r.text AS text`;
      expect((await query(cypher, "--format", format)).stdout).toBe(printed);
    });

    it("tells what was changed, and prints no table where there are no columns", async () => {
      const { stdout, stderr } = await query("CREATE (n:FulgurQuery {x: 1}) DELETE n");
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^0 rows, 1 node created, 1 node deleted, 1 property set, 1 label added, [\d.]+ m?s\n$/);
    });

    it("refuses to write with --read", async () => {
      const { code, stderr } = await query("CREATE (:FulgurQuery)", "--read");
      expect([code, stderr]).toEqual([1, expect.stringMatching(/AccessMode/)]);
    });

    it("ends with 1 for what the server refuses, and shows where", async () => {
      const { code, stdout, stderr } = await query("RETURN nope");
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(
        /^fulgur: Variable `nope` not defined.*\n"RETURN nope"\n +\^\n\(Neo\.ClientError\.Statement\.SyntaxError, 42\w+\)\n$/,
      );
    });

    it("ends with 2 for wrong arguments, without asking the server", async () => {
      const nowhere = { NEO4J_URI: "bolt://127.0.0.1:1" };
      for (const [args, message] of [
        [["query"], "No query is given"],
        [["query", "RETURN 1", "--fromat=csv"], "did you mean --format?"],
        [["qery"], 'There is no command "qery": did you mean query?'],
        [[], "fulgur <command> [flags]"],
      ] as const) {
        const { code, stderr } = await fulgur(args, { env: nowhere });
        expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
      }
      expect(await fulgur(["query", "RETURN 1"])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("No server"),
      });
      expect(await fulgur(["--version"])).toMatchObject({ code: 0, stdout: "0.0.0\n" });
    });

    it("ends quietly when its reader goes away", async () => {
      const running = startFulgur(["query", "UNWIND range(1, 3000000) AS n RETURN n"], { env: env() });
      await running.said(/1/);
      running.process.stdout.destroy();
      expect(await running.ended).toMatchObject({ code: 141, stderr: "" });
    });
  });
}

/** These come last: after some wrong passwords the server lets nobody in for a while. */
export function passwordTests(bench: () => Bench): void {
  const env = () => environment(bench());

  describe("passwords", () => {
    it("are shown nowhere, whoever refuses them", async () => {
      const secret = "hunter2-and-more";
      const file = join(bench().folder, "password");
      await writeFile(file, `${secret}\n`);
      const wrong = { ...env(), NEO4J_PASSWORD: secret, NODE_DEBUG: "neo4j" };
      const tries: [args: string[], options: RunOptions][] = [
        [["query", "RETURN 1"], { env: wrong }],
        [["query", "RETURN 1", "--password-file", file], { env: env() }],
        [["export", "RETURN 1", "--to", "-", "--format=csv", "--password-file", "-"], { env: env(), input: secret }],
        [["query", "RETURN 1", `--password=${secret}`], { env: env() }],
        [["query", "RETURN 1", "--uri", `bolt://neo4j:${secret}@localhost`], { env: env() }],
        [["query", `RETURN ${secret} AS`, "--json"], { env: wrong }],
      ];
      const ends: Ended[] = [];
      for (const [args, options] of tries) ends.push(await fulgur(args, options));
      expect(ends.map(({ code }) => code)).toEqual([1, 1, 1, 2, 2, 2]);
      for (const { stdout, stderr } of ends) expect(stdout + stderr).not.toContain(secret);
      expect(ends[0]?.stderr).toMatch(/Unauthorized/);
    });
  });
}
