import { describe, expect, it } from "vitest";
import { Record, ResultError, RowValidationError, resultTransformers, type StandardSchema } from "../src/index.ts";
import { driverOf, ScriptedServer } from "./scripted-server.ts";

/** A schema by hand: what libraries make of theirs. Its messages quote values, as some libraries' do. */
function schemaOf<Output>(
  check: (row: { [key: string]: unknown }) => Output | [path: (string | number)[], value: unknown],
) {
  const validate = (row: unknown) => {
    const found = check(row as { [key: string]: unknown });
    if (!Array.isArray(found)) return { value: found };
    const [path, value] = found;
    const steps = path.map((key, i) => (i === 0 ? key : { key }));
    return { issues: [{ message: `expected something else, received ${value}`, path: steps }] };
  };
  return { "~standard": { version: 1, vendor: "by hand", validate } } as StandardSchema<Output>;
}

const people = [
  ["Ann", 7],
  ["Bob", "secret value"],
  ["Cid", 9],
];

const person = schemaOf(({ name, age }) =>
  typeof age === "number" ? { who: String(name).toUpperCase(), age } : [["age"], age],
);

function run() {
  const server = new ScriptedServer();
  server.answers.set("Q", { fields: ["name", "age"], rows: people });
  server.answers.set("ok", { fields: ["name", "age"], rows: [people[0]!, people[2]!] });
  const { driver } = driverOf(server);
  return { driver, session: driver.session({ fetchSize: 2 }) };
}

describe("rows with a schema", () => {
  it("are what the schema makes of them", async () => {
    const { session, driver } = run();
    const expected = [
      { who: "ANN", age: 7 },
      { who: "CID", age: 9 },
    ];
    expect(await session.run("ok").rows(person)).toEqual(expected);
    const seen: unknown[] = [];
    for await (const row of session.run("ok").as(person)) seen.push(row);
    expect(seen).toEqual(expected);
    const resultTransformer = resultTransformers.rows(person);
    expect(await driver.executeQuery("ok", {}, { resultTransformer })).toEqual(expected);
  });

  it("that don't fit are an error with row and path, and without the value", async () => {
    const { session } = run();
    const result = session.run("Q");
    const error = await result.rows(person).catch((error: unknown) => error as RowValidationError);
    expect(error).toBeInstanceOf(RowValidationError);
    expect(error).toBeInstanceOf(ResultError);
    expect(error).toMatchObject({ row: 1, path: ["age"], result, name: "RowValidationError" });
    const shown = [
      String(error),
      JSON.stringify(error),
      (error as Error).stack,
      JSON.stringify({ ...(error as object) }),
    ];
    for (const text of shown) expect(text).not.toContain("secret value");
    expect((error as RowValidationError).message).toContain("Row 1 of the result isn't what its schema says at age");
    expect((error as RowValidationError).issues[0]?.message).toContain("secret value");
  });

  it("say where within a row by keys and indices, as libraries give them", async () => {
    const { session } = run();
    const deep = schemaOf(() => [["name", "tags", 0, "x"], 1]);
    await expect(session.run("Q").rows(deep)).rejects.toMatchObject({ row: 0, path: ["name", "tags", 0, "x"] });
    await expect(session.run("Q").rows(deep)).rejects.toThrow(/at name\.tags\[0\]\.x/);
    const whole = schemaOf(() => [[], 1]);
    await expect(session.run("Q").rows(whole)).rejects.toThrow(/schema says\. /);
  });

  it("go on after a row that doesn't fit, and count from where the reading began", async () => {
    const { session } = run();
    const result = session.run("Q");
    await result.next();
    const rows = result.as(person);
    await expect(rows.next()).rejects.toMatchObject({ row: 1 });
    expect(await rows.next()).toEqual({ done: false, value: { who: "CID", age: 9 } });
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });

  it("may be checked by a schema that takes its time", async () => {
    const { session } = run();
    const { validate } = person["~standard"];
    const slow = { "~standard": { ...person["~standard"], validate: async (row: unknown) => validate(row) } };
    await expect(session.run("Q").rows(slow)).rejects.toMatchObject({ row: 1 });
    expect(await session.run("ok").rows(slow)).toHaveLength(2);
  });

  it("need a schema that is one", async () => {
    const { session } = run();
    for (const none of [{}, null, { "~standard": {} }, Record]) {
      expect(() => session.run("Q").as(none as never)).toThrow(/Standard Schema/);
      if (none !== undefined) expect(() => resultTransformers.rows(none as never)).toThrow(TypeError);
      await expect(session.run("Q").rows(none as never)).rejects.toThrow(TypeError);
    }
  });
});
