import * as all from "@fulgur/neo4j-driver";
import {
  type ColumnTable,
  type Driver,
  type OutputOf,
  Record,
  type Result,
  resultTransformers,
  type Session,
  type StandardSchema,
} from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { describe, expectTypeOf, it } from "vitest";

interface Person {
  name: string;
  age: number;
}

declare const db: Driver;
declare const session: Session;
declare const result: Result<Person>;
declare const schema: StandardSchema<{ who: string }>;

describe("a result", () => {
  it("can't be made by hand: the class is a type only (RES-26)", () => {
    // @ts-expect-error: no such value
    expectTypeOf(all.Result).toBeAny();
  });

  it("maps its records with their types (RES-27)", () => {
    expectTypeOf(result.map((record) => record.get("age") + 1)).toEqualTypeOf<AsyncIterableIterator<number>>();
    expectTypeOf(result.map(async (record, i) => [i, record.get("name")] as const)).toEqualTypeOf<
      AsyncIterableIterator<readonly [number, string]>
    >();
    // @ts-expect-error: not a column of the row
    result.map((record) => record.get("salary"));
  });

  it("gives rows as the type parameter or as the schema's output", () => {
    expectTypeOf(result.rows()).toEqualTypeOf<Promise<Person[]>>();
    expectTypeOf(result.rows(schema)).toEqualTypeOf<Promise<{ who: string }[]>>();
    expectTypeOf(result.as(schema)).toEqualTypeOf<AsyncIterableIterator<{ who: string }>>();
    expectTypeOf<OutputOf<typeof schema>>().toEqualTypeOf<{ who: string }>();
    expectTypeOf(db.executeQuery("RETURN 1", {}, { resultTransformer: resultTransformers.rows(schema) })).toEqualTypeOf<
      Promise<{ who: string }[]>
    >();
    // @ts-expect-error: not a schema
    result.rows({ name: String });
  });

  it("gives one column, a single record, and what else it has", () => {
    expectTypeOf(result.value<number>("age")).toEqualTypeOf<Promise<number[]>>();
    // @ts-expect-error: not a column of the row
    result.value("salary");
    expectTypeOf(result.single()).toEqualTypeOf<Promise<Record<Person> | null>>();
    expectTypeOf(result.single({ strict: true })).toEqualTypeOf<Promise<Record<Person>>>();
    expectTypeOf(result.columns()).toEqualTypeOf<Promise<ColumnTable>>();
  });

  it("is a table of ours, or of the Arrow library that is given", () => {
    expectTypeOf(result.columns({ expand: true })).toEqualTypeOf<Promise<ColumnTable>>();
    expectTypeOf(result.toArrow(arrow)).resolves.toExtend<arrow.Table>();
    expectTypeOf(result.toArrow(arrow, { mixed: "json" })).resolves.toExtend<arrow.Table>();
    expectTypeOf(resultTransformers.arrow(arrow)(session.run("RETURN 1"))).toExtend<
      PromiseLike<arrow.Table> | arrow.Table
    >();
    // @ts-expect-error: no such option
    result.columns({ expnd: true });
  });
});

describe("a record of one's own", () => {
  it("has the type of what it is made of, or the given one", () => {
    expectTypeOf(Record.from({ name: "Ann", age: 7 }).get("age")).toEqualTypeOf<number>();
    expectTypeOf(Record.from<Person>([["name", "Ann"]]).get("name")).toEqualTypeOf<string>();
  });
});
