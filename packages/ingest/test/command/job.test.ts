import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../../src/command/failure.ts";
import { Checkpoints } from "../../src/command/ingest/checkpoints.ts";
import { dryStep, dryText } from "../../src/command/ingest/dry-run.ts";
import { outcomeTable } from "../../src/command/ingest/outcome.ts";
import { stepSource } from "../../src/command/ingest/step-source.ts";
import type { Plan, Step, StepSource } from "../../src/command/plan/plan.ts";
import { planOfFlags } from "../../src/command/plan/plan-of-flags.ts";
import type { IngestProgress } from "../../src/progress/progress.ts";
import type { RowChunk, RowPosition } from "../../src/source/row-source.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fulgur-job-"));
  await writeFile(
    join(folder, "a.csv"),
    `id,born\n${[1, 2, 3, 4, 5].map((id) => `${id},2000-01-0${id}`).join("\n")}\n`,
  );
  await writeFile(join(folder, "b.csv"), "id,born\n6,never\n7,2001-01-01\n8,2001-01-02\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plan = (step: Partial<Step>): Plan & { steps: [Step] } => ({
  name: "plan.yaml",
  folder,
  steps: [{ name: "s", place: "plan.yaml:3:5", source: { files: "a.csv" }, nodes: { labels: "A" }, ...step }],
});

interface Read {
  readonly ids: unknown[];
  readonly numbers: number[];
}

async function read(source: StepSource, after?: RowPosition, stop = new AbortController().signal): Promise<Read> {
  const all = plan({ source, types: { id: "integer", born: "date" } });
  const chunks: RowChunk<Record<string, unknown>>[] = [];
  for await (const chunk of (await stepSource(all.steps[0], all, stop)).chunks(after)) chunks.push(chunk);
  return {
    ids: chunks.flatMap(({ rows }) => rows.map(({ id }) => id)),
    numbers: chunks.flatMap(({ rows, firstRow, rowNumbers }) => rows.map((_, at) => rowNumbers?.[at] ?? firstRow + at)),
  };
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

describe("the rows of a step", () => {
  it("are those of its files, from the plan's folder", async () => {
    expect(await read({ files: ["a.csv", "b.csv"] })).toEqual({
      ids: [1, 2, 3, 4, 5, 7, 8],
      numbers: [1, 2, 3, 4, 5, 2, 3],
    });
    expect(await read({ files: "?.csv" }, { file: join(folder, "a.csv"), row: 4 })).toMatchObject({ ids: [5, 7, 8] });
  });

  it("end at a limit, also when they go on after a position", async () => {
    expect((await read({ files: ["a.csv", "b.csv"], limit: 3 })).ids).toEqual([1, 2, 3]);
    expect((await read({ files: ["a.csv", "b.csv"], limit: 6 })).ids).toEqual([1, 2, 3, 4, 5, 7]);
    const resumed = await read({ files: ["a.csv", "b.csv"], limit: 6 }, { file: join(folder, "a.csv"), row: 4 });
    expect(resumed).toEqual({ ids: [5, 7], numbers: [5, 2] });
  });

  it("are read no further than the limit", async () => {
    await writeFile(join(folder, "broken.csv"), "i\0d\n1\n");
    expect((await read({ files: ["a.csv", "broken.csv"], limit: 5 })).ids).toEqual([1, 2, 3, 4, 5]);
    await expect(read({ files: ["a.csv", "broken.csv"], limit: 6 })).rejects.toThrow(/NUL/);
  });

  it("lose no rejected row where chunks are cut, whatever lies beside it", async () => {
    const bad = new Set([1, 700, 1000, 1001, 2500, 2501, 3000]);
    const lines = Array.from({ length: 3000 }, (_, at) => `${at + 1},${bad.has(at + 1) ? "never" : "2000-01-01"}`);
    await writeFile(join(folder, "long.csv"), `id,born\n${lines.join("\n")}\n`);
    await writeFile(join(folder, "more.csv"), "id,born\n1,2000-01-01\n");
    const numbers = async (limit?: number, row?: number) => {
      const all = plan({ source: { files: ["long.csv", "more.csv"], limit }, types: { born: "date" } });
      const source = await stepSource(all.steps[0], all, new AbortController().signal);
      const after = row === undefined ? undefined : { file: join(folder, "long.csv"), row };
      let [good, refused] = [0, [] as number[]];
      for await (const { rows, rejected = [] } of source.chunks(after)) {
        good += rows.length;
        refused = [...refused, ...rejected.map(({ row }) => row)];
      }
      return [good, refused];
    };
    expect(await numbers()).toEqual([2994, [...bad]]);
    expect(await numbers(2990)).toEqual([2990, [1, 700, 1000, 1001, 2500, 2501]]);
    expect(await numbers(2990, 999)).toEqual([1993, [1000, 1001, 2500, 2501]]);
    expect(await numbers(3500, 2999)).toEqual([1, [3000]]);
    expect(await numbers(3500, 3000)).toEqual([1, []]);
  });

  it("have their numbers as a field, those before a rejected row as those behind it", async () => {
    const all = plan({ source: { files: "b.csv", rowNumber: "row" }, types: { born: "date" } });
    const source = await stepSource(all.steps[0], all, new AbortController().signal);
    for await (const { rows } of source.chunks())
      expect(rows.map(({ id, row }) => [id, row])).toEqual([
        [7, 2],
        [8, 3],
      ]);
    await expect(read({ files: "a.csv", rowNumber: "id" })).rejects.toThrow(/have a field id already/);
  });

  it.each<[Partial<Step>, RegExp]>([
    [
      { nodes: { labels: "A", properties: ["id", "bron"] } },
      /^plan\.yaml:3:5: .*a\.csv have no field bron: did you mean born\?$/,
    ],
    [{ nodes: { labels: "A", key: "row" } }, /no field row: they have id, born\.$/],
    [{ query: "RETURN 1", nodes: undefined, partitionBy: "x" }, /no field x/],
    [
      {
        relationships: { type: "R", from: { label: "A", key: "id" }, to: { label: "A", key: "id", field: "id" } },
        nodes: undefined,
      },
      /no field from/,
    ],
    [
      {
        relationships: { type: "R", from: { label: "A", key: "id", field: "id" }, to: { label: "A", key: "id" } },
        nodes: undefined,
      },
      /no field to:/,
    ],
    [{ types: { where: "point" } }, /no field where/],
    [{ source: { files: "a.csv", columns: ["id"] }, nodes: { labels: "A", key: "born" } }, /no field born/],
  ])("have the fields that the step reads: %j", async (step, message) => {
    const all = plan(step);
    const source = await stepSource(all.steps[0], all, new AbortController().signal);
    const refused = firstOf(source.chunks());
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  it("may lack fields in JSON, where each has its own", async () => {
    await writeFile(join(folder, "a.jsonl"), '{"id":1}\n');
    const all = plan({ source: { files: "a.jsonl" }, nodes: { labels: "A", properties: ["id", "born"] } });
    const source = await stepSource(all.steps[0], all, new AbortController().signal);
    expect((await firstOf(source.chunks()))?.rows).toEqual([{ id: 1 }]);
  });

  it("may have types of columns that aren't chosen", async () => {
    const all = plan({ source: { files: "a.csv", columns: ["id"] }, types: { born: "date" } });
    const source = await stepSource(all.steps[0], all, new AbortController().signal);
    expect((await firstOf(source.chunks()))?.rows[0]).toEqual({ id: 1 });
  });

  it("may have a row number among them", async () => {
    const all = plan({ source: { files: "a.csv", rowNumber: "n" }, nodes: { labels: "A", key: "n" } });
    const source = await stepSource(all.steps[0], all, new AbortController().signal);
    expect((await firstOf(source.chunks()))?.rows[1]).toMatchObject({ n: 2 });
  });

  it("end when somebody wants the job to stop", async () => {
    const mine = new Error("stop");
    await expect(read({ files: "a.csv" }, undefined, AbortSignal.abort(mine))).rejects.toBe(mine);
  });

  it("are refused at their step's line where files or options are wrong", async () => {
    for (const [source, message] of [
      [{ files: "c.csv" }, /^plan\.yaml:3:5: .*c\.csv.* does not exist/],
      [{ files: "a.txt" }, /^plan\.yaml:3:5: /],
      [{ files: "a.csv", delimiter: ";;" }, /^plan\.yaml:3:5: .*delimiter/],
    ] as const) {
      await expect(read(source)).rejects.toBeInstanceOf(UsageError);
      await expect(read(source)).rejects.toThrow(message);
    }
  });
});

describe("a dry run", () => {
  it("shows the Cypher and the rows as they would be sent, and what would be rejected", async () => {
    const step = { source: { files: "b.csv" }, nodes: { labels: ["A"], key: "id" }, types: { born: "date" } } as const;
    const all = plan(step);
    const dry = await dryStep(all.steps[0], all);
    expect(dryText(dry)).toEqual([
      "s",
      "  UNWIND $rows AS row",
      "  MERGE (n:`A` {`id`: row.`id`})",
      "  SET n += row",
      "  The first 2 rows, as sent in $rows:",
      "    {id: 7, born: 2001-01-01}",
      "    {id: 8, born: 2001-01-02}",
      expect.stringMatching(/^ {2}Row 1 would be rejected: .*born/),
    ]);
  });
});

describe("the outcome of a job", () => {
  it("is a line for each step, and the last one their sum", () => {
    const figures = { rows: 1_000, resumed: 5, rejected: 1, elapsed: 500, serverWait: 250 };
    const progress = figures as unknown as IngestProgress;
    const lines = outcomeTable(
      [
        { step: "a", state: "done", progress },
        { step: "b", state: "failed", progress },
        { step: "c", state: "not begun" },
      ],
      Number.POSITIVE_INFINITY,
    );
    expect(lines.slice(2).map((line) => line.split(/ {2,}/).map((cell) => cell.trim()))).toEqual([
      ["a", "done", "1,005", "1", "500 ms", "2,000", "50 %"],
      ["b", "failed", "1,005", "1", "500 ms", "2,000", "50 %"],
      ["c", "not begun"],
      ["all", "2,010", "2", "1.0 s", "2,000", "50 %"],
    ]);
  });
});

describe("flags", () => {
  it("say what a plan's step says", () => {
    const flags = {
      relationships: "KNOWS",
      from: "Person.id=me",
      to: "Person.country,id=land,you",
      key: "since",
      properties: "since=year,how",
      type: ["year=integer", "tags=string[]", "a=b=date"],
      "missing-ends": "create",
      "batch-size": 10,
      "row-number": "n",
    } as const;
    expect(planOfFlags(["a.csv", "b.csv"], flags).steps).toMatchObject([
      {
        name: "KNOWS",
        source: { files: ["a.csv", "b.csv"], rowNumber: "n" },
        relationships: {
          type: "KNOWS",
          from: { label: "Person", key: ["id"], field: ["me"] },
          to: { label: "Person", key: ["country", "id"], field: ["land", "you"] },
          key: ["since"],
          properties: { since: "year", how: "how" },
          missingEnds: "create",
        },
        types: { year: "integer", tags: "string[]", "a=b": "date" },
        batchSize: 10,
      },
    ]);
  });

  it.each([
    [{}, /Nothing says what the rows become/],
    [{ nodes: ["A"], query: "x" }, /Only one of --nodes and --query/],
    [{ relationships: "R", from: "A.id" }, /--relationships needs --to/],
    [{ nodes: ["A"], from: "A.id" }, /--from is an end of --relationships/],
    [{ relationships: "R", from: "A", to: "A.id" }, /--from is Label\.property/],
    [{ nodes: ["A"], concurrency: 99 }, /`concurrency` .* from 1 to 16, not 99/],
    [{ nodes: ["A"], key: "a,a" }, /`nodes.key` .* twice/],
    [{ nodes: ["A"], type: ["a=flot"] }, /--type is field=type, and the types are integer/],
  ])("are refused where they say too little or too much: %j", (flags, message) => {
    expect(() => planOfFlags(["a.csv"], flags)).toThrow(message);
  });
});

describe("checkpoints", () => {
  const made = () => ({ ...plan({ name: "My step" }), checkpoint: join(folder, "kept") });
  const [resume, restart, neither] = [
    { resume: true, restart: false },
    { resume: false, restart: true },
    { resume: false, restart: false },
  ];

  it("of an earlier run are gone on with, or forgotten, but only when it is said", async () => {
    const checkpoints = new Checkpoints(made());
    expect(await checkpoints.open(neither)).toBe(false);
    const file = checkpoints.fileOf("My step") as string;
    expect(file).toBe(join(folder, "kept", "my-step.json"));
    await writeFile(file, "{}");
    await expect(new Checkpoints(made()).open(neither)).rejects.toThrow(/--resume goes on from there, --restart/);
    expect(await new Checkpoints(made()).open(resume)).toBe(true);
    await access(file);
    expect(await new Checkpoints(made()).open(restart)).toBe(false);
    expect(await readdir(join(folder, "kept"))).toEqual([]);
    expect(await new Checkpoints(made()).open(resume)).toBe(false);
  });

  it("are gone when the job is done; what isn't theirs stays", async () => {
    const checkpoints = new Checkpoints(made());
    await checkpoints.open(neither);
    await writeFile(checkpoints.fileOf("My step") as string, "{}");
    await checkpoints.close();
    await expect(readdir(join(folder, "kept"))).rejects.toThrow();
    await mkdir(join(folder, "kept"));
    await writeFile(join(folder, "kept", "mine"), "");
    await checkpoints.close();
    expect(await readdir(join(folder, "kept"))).toEqual(["mine"]);
  });

  it("can't be gone on with where none are kept", async () => {
    await expect(new Checkpoints(plan({})).open(resume)).rejects.toThrow(/keeps no checkpoint/);
  });
});
