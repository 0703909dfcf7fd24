import { describe, expect, it } from "vitest";
import { emitAssembly } from "../src/emit/assembly.ts";
import type { MarkerModel, Model, StructureModel } from "../src/model/model.ts";
import { modelOf } from "./spec-copy.ts";

const model = modelOf();
const date = model.structures.find(({ name }) => name === "Date") as StructureModel;
const uuid = model.markers.find(({ type }) => type === "uuid") as MarkerModel;

function files(of: Model): { markers: string; structures: string; numbers: string } {
  const [markers, structures, numbers] = emitAssembly(of).map(({ text }) => text);
  return { markers: String(markers), structures: String(structures), numbers: String(numbers) };
}

describe("the AssemblyScript that is emitted", () => {
  it("has a marker table for each set of versions that differ", () => {
    const { markers, numbers } = files(model);
    expect(numbers).toContain('"6.0": 0,\n  "6.1": 1,');
    expect(markers.match(/const MARKERS_\d/g)).toEqual(["const MARKERS_0", "const MARKERS_1"]);
    const later: MarkerModel = {
      ...uuid,
      name: "OTHER",
      type: "other",
      first: 0xe4,
      last: 0xe4,
      on: [{ since: 0x0504 }],
    };
    const three = files({ ...model, markers: [...model.markers, later] });
    expect(three.numbers).toContain('"5.3": 0,\n  "5.4": 1,');
    expect(three.numbers).toContain('"6.1": 2,');
  });

  it("leaves markers that it can't tell by the version, or can't read, to the plain reader", () => {
    const odd: MarkerModel[] = [
      { ...uuid, first: 0xe4, last: 0xe4, on: [{ patch: "x" }] },
      { ...uuid, first: 0xe5, last: 0xe5, type: "integer", fixedBytes: 3, on: [] },
      { ...uuid, first: 0xe6, last: 0xe6, type: "structure", layout: "sized", sizeBytes: 1, fixedBytes: 0, on: [] },
    ];
    expect(files({ ...model, markers: [...model.markers, ...odd] }).markers).toBe(files(model).markers);
  });

  it("reads and writes the structures whose fields are all integers, floats and strings", () => {
    const { structures, numbers } = files(model);
    for (const name of ["Date", "Duration", "Point3D", "DateTimeZoneIdLegacy"]) {
      expect(structures).toContain(`function read${name}(`);
      expect(structures).toContain(`function write${name}(`);
      expect(numbers).toMatch(new RegExp(`\\b${name}: \\d+,`));
    }
    for (const name of ["Node", "Path", "Vector", "UnsupportedType"]) expect(structures).not.toContain(name);
  });

  it("reads fields up to the size that the version has, and nothing nullable", () => {
    const field = date.fields[0] as StructureModel["fields"][number];
    const more = {
      ...date,
      name: "Era",
      fields: [field, { ...field, key: "zone", type: { kind: "string" } }],
    } as StructureModel;
    const nullable = { ...date, name: "Maybe", fields: [{ ...field, nullable: true }] } as StructureModel;
    const { structures } = files({ ...model, structures: [...model.structures, more, nullable] });
    expect(structures).toContain(
      "if (size > 1 && (p = stringField(p, end, operation, 1, row)) == 0) return 0; // zone",
    );
    expect(structures).not.toContain("readMaybe");
  });

  it("says which marker the spec lacks", () => {
    const without = { ...model, markers: model.markers.filter(({ type }) => type !== "float") };
    expect(() => emitAssembly(without)).toThrow(/lacks a marker: float, fixed, 8 bytes/);
  });
});
