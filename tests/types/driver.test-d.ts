import {
  auth,
  type CypherFragment,
  cypher,
  type Driver,
  driver,
  type EagerResult,
  type Integer,
  type ManagedTransaction,
  type Node,
  type Path,
  type Record,
  type Result,
  type ResultSummary,
  type Session,
} from "@fulgur/neo4j-driver";
import { describe, expectTypeOf, it } from "vitest";

interface Person {
  name: string;
  age: number;
  node: Node;
}

interface Born {
  name: string;
  year: number;
}

declare const db: Driver;
declare const session: Session;

describe("driver()", () => {
  it("takes a URI, a token and options, and gives a Driver", () => {
    expectTypeOf(driver("bolt://localhost", auth.basic("neo4j", "secret"), { fetchSize: 100 })).toEqualTypeOf<Driver>();
    expectTypeOf(driver("bolt://localhost")).toEqualTypeOf<Driver>();
    // @ts-expect-error: no such option
    driver("bolt://localhost", auth.none(), { fetchsize: 100 });
    // @ts-expect-error: milliseconds, as a number
    driver("bolt://localhost", auth.none(), { connectionTimeout: "30s" });
  });
});

describe("a typed record", () => {
  it("is a record: what takes any takes it, and so for results", () => {
    expectTypeOf<Record<Person>>().toExtend<Record>();
    expectTypeOf<EagerResult<Person>>().toExtend<EagerResult>();
    expectTypeOf<Result<Person>>().toExtend<Result>();
  });
});

describe("executeQuery()", () => {
  it("gives records typed by one type parameter: the row, an interface too", async () => {
    const result = await db.executeQuery<Person>("MATCH (node:Person) RETURN node, node.name AS name, node.age AS age");
    expectTypeOf(result).toExtend<EagerResult<Person>>();
    const record = result.records[0] as Record<Person>;
    expectTypeOf(record.get("name")).toEqualTypeOf<string>();
    expectTypeOf(record.get("node")).toEqualTypeOf<Node>();
    expectTypeOf(record.toObject()).toExtend<Person>();
    expectTypeOf(result.summary).toEqualTypeOf<ResultSummary>();
    // @ts-expect-error: not a column of the row
    record.get("salary");
  });

  it("takes parameters of any object type, an interface too, and nothing that isn't an object", () => {
    const born: Born = { name: "Ada", year: 1815 };
    void db.executeQuery("RETURN $name", born);
    void session.run("RETURN $name", born);
    void session.run("RETURN 1", null, { metadata: born });
    void session.executeRead((tx) => tx.run("RETURN $name", born));
    // @ts-expect-error: parameters have names
    void db.executeQuery("RETURN $name", "Ada");
  });

  it("knows its routing", () => {
    void db.executeQuery("RETURN 1", {}, { routing: "READ" });
    // @ts-expect-error: neither READ nor WRITE
    void db.executeQuery("RETURN 1", {}, { routing: "SIDEWAYS" });
  });
});

describe("sessions", () => {
  it("give results that are awaited or iterated", async () => {
    const result = session.run<{ p: Path }>("MATCH p = ()--() RETURN p");
    expectTypeOf(result).toExtend<Result<{ p: Path }>>();
    for await (const record of result) expectTypeOf(record.get("p")).toEqualTypeOf<Path>();
    expectTypeOf((await result).records).toExtend<readonly Record<{ p: Path }>[]>();
  });

  it("give back what the transaction's function gives", () => {
    const work = async (tx: ManagedTransaction) => {
      const { records } = await tx.run<{ n: Integer }>("RETURN 1 AS n");
      return records.map((record) => record.get("n"));
    };
    expectTypeOf(session.executeRead(work)).toEqualTypeOf<Promise<Integer[]>>();
  });
});

describe("executeQuery()'s types", () => {
  it("are the row's, or the transformer's (EQ-01, EQ-04)", async () => {
    const { records, summary, keys } = await db.executeQuery<Person>("MATCH (node:Person) RETURN node");
    expectTypeOf(records).toExtend<Record<Person>[]>();
    expectTypeOf(summary).toEqualTypeOf<ResultSummary>();
    expectTypeOf(keys).toEqualTypeOf<readonly string[]>();
    const resultTransformer = async (result: Result<Person>) => (await result.single({ strict: true })).get("age");
    expectTypeOf(db.executeQuery("RETURN 1", {}, { resultTransformer })).toEqualTypeOf<Promise<number>>();
    const both = db.executeQuery("RETURN 1", undefined, {
      resultTransformer: async (result) => [await result.single({ strict: true }), await result.consume()] as const,
    });
    expectTypeOf(both).toExtend<Promise<readonly [Record, ResultSummary]>>();
  });

  it("take a token for another user, and no manager of tokens (EQ-12)", () => {
    void db.executeQuery("RETURN 1", {}, { auth: auth.basic("bob", "secret") });
    // @ts-expect-error: a function gives tokens, it isn't one
    void db.executeQuery("RETURN 1", {}, { auth: () => auth.basic("bob", "secret") });
    // @ts-expect-error: nor is a manager
    void db.executeQuery("RETURN 1", {}, { auth: { getToken: () => auth.basic("bob", "secret") } });
  });
});

describe("the cypher tag", () => {
  it("gives what may be run, and takes fragments where text is meant (EQ-07)", () => {
    const query = cypher`MATCH (n${cypher.labels("A", "B")}) WHERE ${cypher.join([cypher`true`])} RETURN ${1}`;
    expectTypeOf(query).toEqualTypeOf<CypherFragment>();
    void db.executeQuery(query);
    void session.run(query, { more: 1 });
    // @ts-expect-error: a text isn't a fragment
    cypher.when(true, "WHERE true");
    // @ts-expect-error: it is a tag
    cypher("RETURN 1");
  });
});
