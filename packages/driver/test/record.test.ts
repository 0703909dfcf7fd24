import { DriverError } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { Record, RecordHeader } from "../src/record.ts";

function recordOf(keys: string[], values: unknown[]): Record {
  return new Record(new RecordHeader(keys), values);
}

describe("a record", () => {
  const record = recordOf(["name", "age", "gone"], ["Ann", 7, null]);

  it("gives values by name and by index, a null as it is (REC-05, REC-07, REC-08)", () => {
    expect([record.get("name"), record.get(1), record.at(0), record.get("gone"), record.get("gone", 1)]).toEqual([
      "Ann",
      7,
      "Ann",
      null,
      null,
    ]);
  });

  it("lists its columns where there is no such one, unless told what to give instead (REC-07, REC-08)", () => {
    expect(() => record.get("nme")).toThrow(DriverError);
    expect(() => record.get("nme")).toThrow(/"nme".*"name", "age", "gone"/);
    for (const missing of [3, -1, 0.5, "x"]) {
      expect(() => record.get(missing)).toThrow(DriverError);
      expect(record.get(missing, "else")).toBe("else");
      expect(record.get(missing, undefined)).toBe(undefined);
      expect(record.has(missing)).toBe(false);
    }
    expect(() => record.at(3)).toThrow(RangeError);
  });

  it("iterates its values in column order (REC-01, REC-10, REC-11, REC-12)", () => {
    expect([...record]).toEqual(["Ann", 7, null]);
    expect(record.values()).toEqual(["Ann", 7, null]);
    expect(record.keys).toEqual(["name", "age", "gone"]);
    expect(record.entries()).toEqual([
      ["name", "Ann"],
      ["age", 7],
      ["gone", null],
    ]);
    expect(record.map((value, key) => `${key}=${value}`)).toEqual(["name=Ann", "age=7", "gone=null"]);
    expect(record.length).toBe(3);
  });

  it("can't be changed (REC-01)", () => {
    expect(() => {
      (record as { length: number }).length = 1;
    }).toThrow(TypeError);
    expect(() => (record.keys as string[]).push("x")).toThrow(TypeError);
  });

  it("becomes a plain object, whatever the columns are called (REC-14)", () => {
    expect(record.toObject()).toEqual({ name: "Ann", age: 7, gone: null });
    const odd = recordOf(["__proto__", "a", "a"], [1, 2, 3]).toObject();
    expect(Object.keys(odd)).toEqual(["__proto__", "a"]);
    expect(Object.getOwnPropertyDescriptor(odd, "__proto__")?.value).toBe(1);
    expect(odd["a"]).toBe(3);
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
    expect(JSON.stringify(record)).toBe('{"name":"Ann","age":7,"gone":null}');
  });

  it("keeps columns of one name apart by their index (REC-02)", () => {
    const twins = recordOf(["a", "a"], [1, 2]);
    expect([twins.get("a"), twins.get(1)]).toEqual([1, 2]);
  });

  it("prints as one line", () => {
    expect(record[Symbol.for("nodejs.util.inspect.custom") as never]).toBeTypeOf("function");
    const print = record as unknown as { [key: symbol]: () => string };
    expect(print[Symbol.for("nodejs.util.inspect.custom")]?.()).toBe('Record {name: "Ann", age: 7, gone: null}');
  });
});
