import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/command/arguments/flag.ts";
import { helpOf } from "../../src/command/arguments/help.ts";
import { readParameters } from "../../src/command/arguments/parameters.ts";
import { parseFlags } from "../../src/command/arguments/parse.ts";
import { UsageError } from "../../src/command/failure.ts";

const flags = {
  database: { type: "text", short: "d", help: "which database" },
  param: { type: "text", repeated: true, help: "a parameter" },
  limit: { type: "number", help: "how many rows" },
  format: { type: "text", choices: ["csv", "jsonl"], help: "how" },
  resume: { type: "switch", help: "go on" },
} as const satisfies Flags;

describe("flags", () => {
  it("are read in all their spellings, between positionals, until --", async () => {
    const args = ["a", "-d", "x", "--param=p=1", "--limit", "7", "b", "--param", "q=-2", "--resume", "--", "--limit"];
    expect(await parseFlags(args, flags)).toEqual({
      flags: { database: "x", param: ["p=1", "q=-2"], limit: 7, resume: true },
      positionals: ["a", "b", "--limit"],
    });
  });

  it.each([
    [["--databse", "x"], "There is no flag --databse: did you mean --database?"],
    [["--quite-else"], "There is no flag --quite-else: --help lists the flags."],
    [["-x"], "There is no flag -x: --help lists the flags."],
    [["--database"], "--database needs a value: which database"],
    [["--database", "--resume"], "--database needs a value: which database"],
    [["--limit", "many"], '--limit is a whole number from 0, not "many".'],
    [["--format", "cvs"], '--format is one of csv, jsonl, not "cvs"; did you mean csv?'],
    [["--resume=yes"], "--resume takes no value."],
    [["--limit=1", "--limit=2"], "--limit is given twice."],
  ])("%j is refused", async (args, message) => {
    const refused = parseFlags(args, flags);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  it("a password is never one, and is not repeated", async () => {
    const refused = parseFlags(["--password=hunter2"], flags);
    await expect(refused).rejects.toThrow(/^There is no flag --password: .*--password-file/);
    await expect(refused).rejects.not.toThrow(/hunter2/);
    await expect(parseFlags(["--token", "hunter2"], flags)).rejects.toThrow(
      /^There is no flag --token: .*--bearer-token/,
    );
  });

  it("are listed by the help, each with what it takes", () => {
    const help = helpOf({ name: "try", usage: "[flags]", summary: "Tries.", flags, examples: ["fulgur try"] });
    expect(help.split("\n")).toEqual(
      expect.arrayContaining([
        "fulgur try [flags]",
        "  -d, --database <text>  which database",
        "      --param <text>     a parameter (may be given several times)",
        "      --limit <n>        how many rows",
        "      --format <text>    how (csv, jsonl)",
        "      --resume           go on",
      ]),
    );
  });
});

describe("parameters", () => {
  it("are JSON where they can be read so, else text; whole numbers stay exact", async () => {
    const given = [
      "a=1",
      "b=1.5",
      "c=text",
      'd="1"',
      "e=[1, null]",
      'f={"g": true}',
      "h=",
      "i=9007199254740993",
      "j=a=b",
      'k={"l": [9007199254740993]}',
    ];
    expect(await readParameters(given)).toEqual({
      ...{ a: 1, b: 1.5, c: "text", d: "1", e: [1, null], f: { g: true }, h: "", i: 9007199254740993n, j: "a=b" },
      k: { l: [9007199254740993n] },
    });
  });

  it("are refused without a name, and twice; no value is repeated", async () => {
    await expect(readParameters(["=hunter2"])).rejects.toThrow("--param name=value");
    await expect(readParameters(["hunter2"])).rejects.not.toThrow(/hunter2/);
    await expect(readParameters(["a=1", "a=2"])).rejects.toThrow("The parameter a is given twice.");
  });
});
