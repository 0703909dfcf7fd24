import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { main } from "../../src/command/main.ts";
import { type Streams, Terminal } from "../../src/command/terminal.ts";

async function run(...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await main(args, { stdin, stdout, stderr, env: {} } as unknown as Streams);
  return { code, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

describe("a failure before anything is begun", () => {
  it.each([
    [["ingest", "none.yaml", "--json"], /none\.yaml can't be read: there is no such file/],
    [["ingest", "--json", "--nodez", "A"], /did you mean --nodes\?/],
    [["ingest", "none.csv", "--nodes", "A", "--json"], /none\.csv.*does not exist/],
    [["export", "RETURN 1", "--json"], /Nothing says where the rows go/],
    [["export", "RETURN 1", "--to", "x.csv", "--json"], /No server is named/],
    [["export", "RETURN 1", "--to", "x.parquet", "--type", "a=int", "--json"], /"a" can't be "int"/],
    [["export", "RETURN 1", "--to", "x.parquet", "--type", "int", "--json"], /--type is column=type/],
  ])("is a last line of JSON for machines: %j", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(JSON.parse(stdout)).toEqual({
      event: "summary",
      exitCode: 2,
      error: { message: expect.stringMatching(message) },
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it("is for people alone where nobody asked for JSON", async () => {
    expect(await run("ingest", "none.yaml")).toMatchObject({ code: 2, stdout: "" });
    expect(await run("ingest", "none.yaml", "--", "--json")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("the process", () => {
  it("goes on when nobody reads its messages any more", async () => {
    const program = fileURLToPath(new URL("../../src/command/fulgur.ts", import.meta.url));
    const child = spawn(process.execPath, ["--conditions=@fulgur/source", program, "ingest", "none.yaml", "--json"]);
    child.stderr.destroy();
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^{"event":"summary"/)]);
  });
});

describe("standard input", () => {
  it("is one thing only", () => {
    const terminal = new Terminal({} as Streams);
    terminal.claimStandardInput("the query");
    expect(() => terminal.claimStandardInput("the password")).toThrow(/can't be both the query and the password/);
  });
});

describe("a secret", () => {
  it("is in no message, and in no JSON, which writes some of its characters otherwise", () => {
    const terminal = new Terminal({} as Streams);
    terminal.keepSecret('a"b\\c');
    expect(terminal.messageOf('wrong: a"b\\c!')).toBe("wrong: ****!");
    expect(terminal.withoutSecrets(JSON.stringify({ message: 'wrong: a"b\\c!' }))).toBe('{"message":"wrong: ****!"}');
  });
});
