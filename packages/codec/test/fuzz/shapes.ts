import type { ActiveStructure, Profile } from "../../src/profile.ts";
import type { WireType } from "../../src/tables.ts";
import type { Random } from "./random.ts";
import type { Wire } from "./wire.ts";

/** What the values of a column look like, more or less: records of one result are alike, or no plan would ever fit. */
export interface Shape {
  readonly kind: string;
  /** One in so many values is of another shape; 0: none. */
  readonly strays: number;
  readonly keys?: readonly (readonly string[])[];
  readonly of?: readonly Shape[];
  readonly tag?: number;
}

const leafKinds = ["null", "boolean", "small", "integer", "wide", "float", "name", "text", "unique", "bytes", "uuid"];
const kinds = [...leafKinds, "floats", "names", "list", "map", "map", "structure", "structure", "structure"];
export const oddKeys = [
  "__proto__",
  "constructor",
  "0",
  "1",
  "1e3",
  "-1",
  "",
  "toString",
  "a",
  "b",
  "id",
  "name",
  "ключ",
];
const labels = ["Person", "City", "Ż", ""];
const zones = ["Europe/Stockholm", "America/New_York", "UTC", "Asia/Kathmandu", "No/Such", ""];
const edges = [0, 1, -1, -16, -17, 127, 128, -128, -129, 32767, -32769, 65536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31)];
const wideEdges = [2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), 1n - 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n];
const texts = ["", "a", "Ada", "Zoë", "稲妻", "\u{1f680}", "\0", "\ufeffbom", "\ufffd", "ÿ".repeat(9), "x".repeat(15)];
const longer = ["x".repeat(16), "y".repeat(33), "é".repeat(20), "z".repeat(127), "w".repeat(256), "ż".repeat(70)];
const badText = ["80", "c3", "c080", "eda080", "f4908080", "41ff", "e28082e2", "efbfbd80"].map((text) =>
  Uint8Array.from(text.match(/../g) as string[], (byte) => Number.parseInt(byte, 16)),
);
const vectorMarkers = [0xc8, 0xc9, 0xca, 0xcb, 0xc6, 0xc1];

export function randomShape(random: Random, depth: number): Shape {
  const kind = random.pick(depth <= 0 ? leafKinds : kinds);
  const strays = random.pick([0, 0, 0, 40, 8]);
  const inner = (count: number): Shape[] => Array.from({ length: count }, () => randomShape(random, depth - 1));
  if (kind === "list") return { kind, strays, of: inner(1) };
  if (kind === "structure") return { kind, strays, of: inner(3), keys: randomKeys(random), tag: random.below(32) };
  if (kind === "map") return { kind, strays, of: inner(3), keys: randomKeys(random) };
  return { kind, strays };
}

/** Up to four sets of keys, which may share some. */
function randomKeys(random: Random): string[][] {
  const one = (): string[] =>
    Array.from({ length: random.small(9) }, () => (random.oneIn(3) ? random.pick(oddKeys) : `k${random.below(6)}`));
  return Array.from({ length: 1 + random.small(4) }, () => {
    const keys = one();
    return random.oneIn(6) ? keys : [...new Set(keys)];
  });
}

/** Writes values of shapes, for one version. */
export class ValueWriter {
  readonly #wire: Wire;
  readonly #random: Random;
  readonly #structures: readonly ActiveStructure[];
  readonly #uuids: boolean;
  #counter = 0;

  constructor(wire: Wire, random: Random, profile: Profile) {
    this.#wire = wire;
    this.#random = random;
    this.#structures = profile.structureByTag.filter((one) => one !== undefined);
    this.#uuids = profile.opaqueByMarker[0xe0] !== undefined;
  }

  value(shape: Shape, depth = 4): void {
    const start = this.#wire.length;
    const stray = shape.strays > 0 && this.#random.oneIn(shape.strays);
    this.#value(stray ? randomShape(this.#random, Math.min(2, depth - 1)) : shape, depth);
    this.#wire.closed(start);
  }

  #value(shape: Shape, depth: number): unknown {
    const wire = this.#wire;
    const random = this.#random;
    switch (shape.kind) {
      case "null":
        return wire.byte(random.oneIn(6) ? 0xc3 : 0xc0);
      case "boolean":
        return wire.byte(0xc2 + random.below(2));
      case "small":
        return wire.integer(BigInt(random.below(300) - 40));
      case "integer":
        return wire.integer(BigInt(random.oneIn(2) ? random.pick(edges) : random.u32() | 0));
      case "wide":
        return wire.integer(random.oneIn(2) ? random.pick(wideEdges) : BigInt(random.u32()) * 300_000n);
      case "float":
        return wire.float(random.oneIn(3) ? random.pick([0, -0, 1, Number.NaN, Infinity, -1.5]) : random.u32() / 7);
      case "name":
        return wire.text(random.pick(["Alice", "Bob", "Żółć", "UTC"]));
      case "unique":
        return wire.text(`n${this.#counter++}`);
      case "text":
        if (random.oneIn(400)) return wire.string(random.pick(badText));
        return wire.text(random.pick(random.oneIn(4) ? longer : texts));
      case "bytes":
        return wire.bytes(Uint8Array.from({ length: random.small(40) }, () => random.below(256)));
      case "uuid":
        // Before 6.1 the marker means nothing, and the record with it.
        if (!this.#uuids && !random.oneIn(60)) return wire.integer(BigInt(random.below(300)));
        wire.byte(0xe0);
        return wire.raw(Uint8Array.from({ length: 16 }, () => random.below(256)));
      case "floats":
        return this.#list(random.small(20), () => wire.float(random.below(100) / 8));
      case "names":
        return this.#list(random.small(5), () => wire.text(random.pick(labels)));
      case "list":
        return this.#list(depth <= 0 ? 0 : random.small(20), () => this.value(shape.of?.[0] as Shape, depth - 1));
      case "map":
        return this.#map(shape, depth);
      default:
        return this.#structure(shape, depth);
    }
  }

  #list(size: number, item: () => void): void {
    this.#wire.list(size);
    for (let i = 0; i < size; i++) item();
  }

  #map(shape: Shape, depth: number): void {
    const keys = depth <= 0 ? [] : this.#random.pick(shape.keys as string[][]);
    this.#wire.map(keys.length);
    keys.forEach((key, i) => {
      this.#wire.text(key);
      this.value((shape.of as Shape[])[i % 3] as Shape, depth - 1);
    });
  }

  #structure(shape: Shape, depth: number): unknown {
    const random = this.#random;
    const { table, size } = this.#structures[(shape.tag as number) % this.#structures.length] as ActiveStructure;
    if (random.oneIn(200)) {
      // Of another version, or of none.
      this.#wire.structure(random.below(5), random.oneIn(2) ? random.below(128) : table.tag);
      return this.#wire.byte(1);
    }
    this.#wire.structure(size, table.tag);
    for (const { name, type } of table.fields.slice(0, size)) this.#field(table.name, name, type, shape, depth);
  }

  #field(structure: string, name: string, type: WireType, shape: Shape, depth: number): unknown {
    const wire = this.#wire;
    const random = this.#random;
    const start = wire.length;
    if (random.oneIn(150)) return this.value(randomShape(random, 1), 1);
    if (structure === "Vector") {
      const element = name === "element";
      wire.bytes(
        element ? Uint8Array.of(random.pick(vectorMarkers)) : new Uint8Array(8 * random.below(3)).fill(random.u32()),
      );
    } else if (structure === "Path") {
      this.#path(name, shape, depth);
    } else if (/zone/i.test(name)) {
      wire.text(random.oneIn(30) ? random.pick(zones) : (zones[random.below(3)] as string));
    } else if (type.kind === "integer") {
      this.#value({ kind: random.oneIn(9) ? "wide" : random.oneIn(3) ? "integer" : "small", strays: 0 }, 0);
    } else if (type.kind === "float") {
      this.#value({ kind: "float", strays: 0 }, 0);
    } else if (type.kind === "string") {
      this.#value({ kind: random.oneIn(3) ? "text" : "unique", strays: 0 }, 0);
    } else if (type.kind === "list") {
      this.#value({ kind: "names", strays: 0 }, 0);
    } else {
      this.#map(shape, Math.max(1, depth - 1));
    }
    wire.closed(start);
  }

  /** Two nodes and what lies between them: indices that mean nothing are rare enough not to hide the rest. */
  #path(field: string, shape: Shape, depth: number): void {
    const random = this.#random;
    const named = (name: string): ActiveStructure =>
      this.#structures.find(({ table }) => table.name === name) as ActiveStructure;
    const list = (name: string, size: number): void =>
      this.#list(size, () => {
        const { table, size: fields } = named(name);
        const start = this.#wire.length;
        this.#wire.structure(fields, table.tag);
        for (const { name: inner, type } of table.fields.slice(0, fields))
          this.#field(table.name, inner, type, shape, Math.min(depth, 1));
        this.#wire.closed(start);
      });
    if (field === "nodes") list("Node", 2);
    else if (field === "indices") {
      const indices = random.oneIn(20) ? [3, 1] : random.pick([[1, 1], [-1, 1], [], [1, 0]]);
      this.#list(indices.length, () => this.#wire.integer(BigInt(indices.shift() ?? 0)));
    } else list("UnboundRelationship", 1);
  }
}
