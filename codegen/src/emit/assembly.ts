import { SpecError } from "../model/failure.ts";
import type { Key, MarkerModel, Model, StructureModel, Version, When } from "../model/model.ts";
import type { Output } from "./product.ts";

/**
 * What the WebAssembly half of the codec reads of the spec: the marker tables of every version, readers and writers of
 * flat structures (all their fields are integers, floats or strings), and, for its TypeScript side, the numbers of both.
 * Paths are relative to the codec package.
 */
export function emitAssembly(model: Model): readonly Output[] {
  const sets = markerSets(model);
  const flat = model.structures.filter(isFlat);
  return [
    { path: "assembly/gen/markers.ts", text: markersText(model, sets) },
    { path: "assembly/gen/structures.ts", text: structuresText(model, flat) },
    { path: "src/gen/assembly.ts", text: numbersText(sets, flat) },
  ];
}

const header = "// Generated from spec/ by codegen (emit/assembly.ts). Edit the spec, not this file.";

/** What each byte means as a marker, and the versions that read by it. */
interface MarkerSet {
  readonly versions: Version[];
  readonly classes: readonly number[];
  readonly payloads: readonly number[];
}

// The classes of packages/codec/assembly/classes.ts.
const invalid = 0;
const sized: Readonly<Record<string, number>> = { string: 7, list: 9, map: 11, bytes: 15 };
const tiny: Readonly<Record<string, number>> = { string: 6, list: 8, map: 10, structure: 12 };
const fixedOther = 14;

function classOf(marker: MarkerModel): number {
  if (marker.type === "reserved") return invalid;
  switch (marker.layout) {
    case "inline":
      if (marker.type === "null") return 1;
      if (marker.type === "boolean") return marker.name.endsWith("TRUE") ? 3 : 2;
      return marker.type === "integer" ? 4 : invalid;
    case "fixed":
      if (marker.type === "integer") return [1, 2, 4, 8].includes(marker.fixedBytes) ? 4 : invalid;
      if (marker.type === "float") return marker.fixedBytes === 8 ? 5 : invalid;
      return marker.fixedBytes < 256 ? fixedOther : invalid;
    case "tiny":
      return tiny[marker.type] ?? invalid;
    default:
      return [1, 2, 4].includes(marker.sizeBytes) ? (sized[marker.type] ?? invalid) : invalid;
  }
}

function payloadOf(marker: MarkerModel, byte: number): number {
  switch (marker.layout) {
    case "inline":
      return 0;
    case "fixed":
      return marker.fixedBytes & 0xff;
    case "tiny":
      return byte - marker.first;
    default:
      return marker.sizeBytes;
  }
}

function markerSets(model: Model): MarkerSet[] {
  const sets = new Map<string, MarkerSet>();
  for (const version of model.versions) {
    const classes: number[] = new Array(256).fill(invalid);
    const payloads: number[] = new Array(256).fill(0);
    for (const marker of model.markers) {
      // A marker that depends on a patch can't be told by the version: the plain reader takes what it begins.
      if (!isOn(marker.on, version.number)) continue;
      for (let byte = marker.first; byte <= marker.last; byte++) {
        classes[byte] = classOf(marker);
        payloads[byte] = classes[byte] === invalid ? 0 : payloadOf(marker, byte);
      }
    }
    const key = `${classes}/${payloads}`;
    const known = sets.get(key);
    if (known !== undefined) known.versions.push(version);
    else sets.set(key, { versions: [version], classes, payloads });
  }
  return [...sets.values()];
}

function isOn(on: readonly When[], version: number): boolean {
  return (
    on.length === 0 ||
    on.some(
      (when) =>
        when.patch === undefined &&
        when.unlessPatch === undefined &&
        version >= (when.since ?? 0) &&
        version <= (when.until ?? 0xffff),
    )
  );
}

function bytesText(bytes: readonly number[]): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 32) lines.push(`  ${bytes.slice(at, at + 32).join(", ")},`);
  return lines.join("\n");
}

/** The markers that the encoder writes by name; every version has them. */
function constantsText(model: Model): string {
  const find = (type: string, layout: MarkerModel["layout"], bytes = 0): number => {
    const found = model.markers.find(
      (marker) =>
        marker.type === type &&
        marker.layout === layout &&
        !marker.decodeOnly &&
        (layout === "fixed" ? marker.fixedBytes === bytes : layout !== "sized" || marker.sizeBytes === bytes),
    );
    if (found === undefined) throw new SpecError("the spec lacks a marker", `${type}, ${layout}, ${bytes} bytes`);
    return found.first;
  };
  const inline = model.markers.filter((marker) => marker.type === "integer" && marker.layout === "inline");
  const signed = (byte: number): number => (byte << 24) >> 24;
  const constants: [string, number][] = [
    ["NULL", find("null", "inline")],
    ["FLOAT", find("float", "fixed", 8)],
    ["TINY_STRING", find("string", "tiny")],
    ["TINY_STRUCTURE", find("structure", "tiny")],
    ...[1, 2, 4, 8].map((n): [string, number] => [`INT_${n * 8}`, find("integer", "fixed", n)]),
    ...[1, 2, 4].map((n): [string, number] => [`STRING_${n * 8}`, find("string", "sized", n)]),
  ];
  for (const value of ["FALSE", "TRUE"]) {
    const marker = model.markers.find((one) => one.type === "boolean" && one.name.endsWith(value));
    if (marker === undefined) throw new SpecError("the spec lacks a marker", value);
    constants.push([value, marker.first]);
  }
  return [
    ...constants.map(([name, value]) => `export const M_${name}: u8 = 0x${value.toString(16)};`),
    `export const M_LOWEST_INLINE: i64 = ${Math.min(...inline.map((marker) => signed(marker.first)))};`,
    `export const M_HIGHEST_INLINE: i64 = ${Math.max(...inline.map((marker) => signed(marker.last)))};`,
  ].join("\n");
}

function markersText(model: Model, sets: readonly MarkerSet[]): string {
  const tables = sets.map(
    (set, number) => `
// By byte, its class and its payload: Bolt ${set.versions.map((version) => version.text).join(", ")}.
const MARKERS_${number}: usize = memory.data<u8>([
${bytesText(set.classes.flatMap((one, byte) => [one, set.payloads[byte] ?? 0]))}
]);`,
  );
  const cases = sets.map(
    (_, number) => `  if (set == ${number}) {
    memory.copy(MARKERS, MARKERS_${number}, 512);
  }`,
  );
  return `${header}
import { MARKERS } from "../layout";

// What the encoder writes.
${constantsText(model)}
${tables.join("\n")}

/** Makes a marker table the one in use. */
export function loadMarkers(set: u32): void {
${cases.join("\n")}
}`;
}

const fieldKinds: readonly string[] = ["integer", "float", "string"];

function isFlat(structure: StructureModel): boolean {
  return (
    structure.fields.length > 0 &&
    structure.fields.length <= 15 &&
    structure.fields.every((field) => fieldKinds.includes(field.type.kind) && !field.nullable && !field.optional)
  );
}

/** The statements for a structure's fields, those first that every version has. */
function fieldLines(fields: readonly Key[], line: (field: Key, position: number) => string): string {
  return fields.map((field, position) => line(field, position)).join("\n");
}

function structuresText(model: Model, flat: readonly StructureModel[]): string {
  const first = model.markers.find((marker) => marker.type === "structure" && marker.layout === "tiny")?.first ?? 0;
  const byte = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;
  const readers = flat.map(
    (structure) => `
function read${structure.name}(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, ${byte(first)} | size, ${byte(structure.tag)})) return 0;
  p += 2;
${fieldLines(structure.fields, (field, position) => {
  const read = `${field.type.kind}Field(p, end, operation, ${position}, row)`;
  return `  if (size > ${position} && (p = ${read}) == 0) return 0; // ${field.key}`;
})}
  return p;
}`,
  );
  const writers = flat.map(
    (structure) => `
function write${structure.name}(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, ${byte(first)} | size);
  store<u8>(to, ${byte(structure.tag)}, 1);
  to += 2;
${fieldLines(structure.fields, (field, position) => {
  const write = `${writerOf(field.type.kind)}(to, operation, ${position}, row)`;
  return `  if (size > ${position} && (to = ${write}) == 0) return 0; // ${field.key}`;
})}
  return to;
}`,
  );
  const used = (prefix: (kind: string) => string): string[] =>
    fieldKinds.filter((kind) => flat.some((s) => s.fields.some((field) => field.type.kind === kind))).map(prefix);
  const readFields = used((kind) => `${kind}Field`);
  const writeFields = used(writerOf);
  return `${header}
import { ${["isHead", ...readFields].sort().join(", ")} } from "../fields";
import { ${writeFields.sort().join(", ")} } from "../write-fields";
${readers.join("\n")}

/** Reads the flat structure of this number, of \`size\` fields; where it ends, or 0: it isn't one. */
export function readStructure(number: u32, p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  switch (number) {
${flat.map((s, number) => `    case ${number}:\n      return read${s.name}(p, end, size, operation, row);`).join("\n")}
    default:
      return 0;
  }
}
${writers.join("\n")}

/** Writes the flat structure of this number from its columns; where it ends, or 0: a text doesn't fit its length. */
export function writeStructure(number: u32, to: usize, size: u32, operation: usize, row: u32): usize {
  switch (number) {
${flat.map((s, number) => `    case ${number}:\n      return write${s.name}(to, size, operation, row);`).join("\n")}
    default:
      return 0;
  }
}`;
}

function writerOf(kind: string): string {
  return `write${kind[0]?.toUpperCase()}${kind.slice(1)}Field`;
}

function numbersText(sets: readonly MarkerSet[], flat: readonly StructureModel[]): string {
  const versions = sets.flatMap((set, number) => set.versions.map((version) => `  "${version.text}": ${number},`));
  return `${header}
import type { BoltVersion } from "./versions.ts";

/** Which of the WebAssembly module's marker tables a version reads by. */
export const markerSets: Readonly<Record<BoltVersion, number>> = {
${versions.join("\n")}
};

/** By name, the number of each structure that the WebAssembly module reads and writes by itself. */
export const flatStructures: Readonly<Record<string, number>> = {
${flat.map((structure, number) => `  ${structure.name}: ${number},`).join("\n")}
};`;
}
