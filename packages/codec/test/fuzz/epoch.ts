import {
  type BoltVersion,
  type Codec,
  createCodec,
  type Decoder,
  type ExpectedResult,
  isBrokenValue,
} from "@fulgur/neo4j-codec";
import { Path } from "@fulgur/neo4j-types";
import { PlainDecoder } from "../../src/plain/decoder.ts";
import { createWasmDecoder, type WasmDecoderOptions } from "../../src/wasm/decoder.ts";
import { wasmMemory } from "../../src/wasm/memory.ts";
import { type Delivery, deliver, flat, type View } from "./hear.ts";
import { type Body, mutate, replaceValue } from "./mutate.ts";
import { Random, seedOf } from "./random.ts";
import { difference } from "./same.ts";
import { oddKeys, randomShape, type Shape, ValueWriter } from "./shapes.ts";
import { Wire } from "./wire.ts";

/** What an epoch's decoders are made of. */
export interface Setting {
  readonly version: BoltVersion;
  readonly patches: readonly string[];
  readonly integers: "auto" | "bigint" | "number";
  readonly maxDepth: number;
  readonly floatLists: "array" | "typed";
  readonly detachStrings: boolean;
  readonly wasm: WasmDecoderOptions;
}

/** One thing that was given to both engines. */
export interface Input {
  readonly bodies: readonly Uint8Array[];
  readonly stream: Uint8Array;
  readonly delivery: Delivery;
}

/** Two engines that said different things. */
export interface Finding {
  readonly epoch: number;
  readonly setting: Setting;
  readonly what: string;
  readonly input: Input;
  /** What the same connection had been given before, oldest first. */
  readonly before: readonly Input[];
}

export interface Tally {
  inputs: number;
  bytes: number;
  rejected: number;
  broken: number;
  rowsOfPasses: number;
  rowsOfReader: number;
  encoded: number;
}

/** What an epoch has met so far. */
interface Corpus {
  readonly sound: Body[];
  readonly spoiled: Body[];
  readonly behaviours: Set<string>;
}

const settings: readonly (readonly [BoltVersion, readonly string[]])[] = [
  ["4.4", []],
  ["4.4", ["utc"]],
  ["5.0", []],
  ["5.4", []],
  ["5.8", []],
  ["6.0", []],
  ["6.1", []],
  ["6.1", []],
];
const views: readonly View[] = ["rows", "rows", "objects", "objects, then rows", "rows, then objects"];
const columnViews: readonly View[] = ["columns", "columns", "columns, then rows", "rows, then columns"];
/** Inputs of one group share a shape, and so a plan; groups of one or two small records are cheap, and go on for longer. */
const inputsOfGroup = 80;
const inputsOfSmallGroup = 300;
const groupsOfEpoch = 25;

export function settingOf(random: Random): Setting {
  const [version, patches] = random.pick(settings);
  return {
    version,
    patches,
    integers: random.pick(["auto", "auto", "bigint", "number"]),
    maxDepth: random.pick([500, 500, 500, 500, 100, 7, 3]),
    floatLists: random.pick(["array", "array", "typed"]),
    detachStrings: random.oneIn(2),
    wasm: { threshold: random.pick([1, 1, 1, 100]), generate: random.oneIn(3), numberRows: random.oneIn(3) },
  };
}

/** Both decoders, as fresh as they can be within one thread. */
export class Engines {
  readonly codec: Codec;
  readonly wasmCodec: Codec;
  readonly #wasm: WasmDecoderOptions;

  constructor(setting: Setting) {
    const { version, patches, integers, maxDepth, floatLists, detachStrings } = setting;
    const options = { version, patches, integers, maxDepth, floatLists, detachStrings };
    this.codec = createCodec({ ...options, engine: "plain" });
    this.wasmCodec = createCodec({ ...options, engine: "wasm" });
    this.#wasm = setting.wasm;
    wasmMemory()?.emptySpans();
  }

  decoders(): [plain: Decoder, wasm: Decoder] {
    const { profile } = this.codec;
    const wasm = createWasmDecoder(profile, this.#wasm);
    if (wasm === undefined) throw new Error("this runtime can't run WebAssembly");
    return [new PlainDecoder(profile, "client"), wasm];
  }
}

/**
 * Runs one epoch: all of it depends on the seed and the epoch's number alone.
 *
 * @returns what it found, if anything; it ends there.
 */
export function runEpoch(seed: number, epoch: number, tally: Tally): Finding | undefined {
  const random = new Random(seedOf(seed, epoch));
  const setting = settingOf(random);
  const engines = new Engines(setting);
  const corpus: Corpus = { sound: [], spoiled: [], behaviours: new Set() };
  for (let group = 0; group < groupsOfEpoch; group++) {
    const finding = runGroup(random, engines, setting, epoch, group, corpus, tally);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

function runGroup(
  random: Random,
  engines: Engines,
  setting: Setting,
  epoch: number,
  group: number,
  corpus: Corpus,
  tally: Tally,
): Finding | undefined {
  const small = random.oneIn(2);
  const source = new Source(random, engines.codec, corpus, small);
  const expected = expectation(random, source.width, group);
  const before: Input[] = [];
  let decoders: [Decoder, Decoder] | undefined;
  const inputs = small ? inputsOfSmallGroup : inputsOfGroup;
  for (let i = 0; i < inputs; i++) {
    const bodies = i < 2 ? source.bases : source.spoiled();
    const input = inputOf(random, bodies, expected, source.width, i < 2);
    decoders ??= engines.decoders();
    const heard = deliver(decoders, input.stream, input.delivery);
    tally.inputs++;
    tally.bytes += input.stream.length;
    const [plain, wasm] = heard.map(flat) as [unknown[], unknown[]];
    const crash = plain.find((one) => (one as { crash?: string } | undefined)?.crash !== undefined);
    const what =
      difference(plain, wasm) ??
      (crash === undefined ? undefined : `both crash: ${JSON.stringify(crash)}`) ??
      (heard[0]?.failed !== true && decoders[0].noops !== decoders[1].noops ? "noops" : undefined) ??
      (i % 8 === 3 ? checkValues(engines, plain, bodies, tally) : undefined);
    if (what !== undefined) return { epoch, setting, what, input, before };
    const failed = heard[0]?.failed === true;
    tally.rejected += failed ? 1 : 0;
    tally.broken += plain.at(-1) === true ? 1 : 0;
    tally.rowsOfPasses += heard[1]?.otherRows ?? 0;
    tally.rowsOfReader += heard[1]?.plainRows ?? 0;
    learn(plain, heard[1]?.otherRows ?? 0, bodies, corpus);
    before.push(input);
    // A connection that failed is over; others go on now and then, with what they have learned.
    if (failed || random.oneIn(6)) decoders = undefined;
  }
  return undefined;
}

/** Bodies that made the engines say something new are mutated further. */
function learn(said: readonly unknown[], fromPasses: number, bodies: readonly Body[], corpus: Corpus): void {
  const last = said.findLast((one) => typeof one === "object" && one !== null && "reason" in one) as
    | { reason?: string }
    | undefined;
  const behaviour = `${last?.reason?.replace(/0x..|\d+|".*?"/g, "#")} ${fromPasses}/${said.length}`;
  if (corpus.behaviours.has(behaviour)) return;
  corpus.behaviours.add(behaviour);
  for (const body of bodies) if (corpus.spoiled.length < 400) corpus.spoiled.push(body);
}

/** decodeValue says what the decoder said, and what was decoded can be encoded and is the same again. */
function checkValues(
  { codec, wasmCodec }: Engines,
  said: readonly unknown[],
  bodies: readonly Body[],
  tally: Tally,
): string | undefined {
  for (const { bytes } of bodies) {
    // Records of one column, in the shortest form.
    if (bytes.length < 4 || bytes[0] !== 0xb1 || bytes[1] !== 0x71 || bytes[2] !== 0x91) continue;
    const found = decodeAlone(codec, bytes);
    if (found !== undefined) return found;
  }
  const found = encodeBoth(codec, wasmCodec, said);
  if (found !== undefined) return found;
  const { integers, version, patches } = codec.profile;
  // Whole floats come out as numbers and go in as integers; wall clocks of 4.4 are ambiguous.
  if (integers === "bigint" || (version === "4.4" && patches.size === 0)) return undefined;
  for (const row of said.slice(0, 3)) {
    if (!Array.isArray(row) || row.some(isBrokenValue) || hasPath(row)) continue;
    // One by one: together, floats would be a list of floats, which may come out as a typed array.
    for (const value of row) {
      const found = encodeAgain(codec, value);
      if (found !== undefined) return found;
    }
    tally.encoded++;
  }
  return undefined;
}

function decodeAlone(codec: Codec, body: Uint8Array): string | undefined {
  const decoder = new PlainDecoder(codec.profile, "client");
  if (body.length > 0xffff) return undefined;
  const framed = new Uint8Array(body.length + 4);
  framed[0] = body.length >> 8;
  framed[1] = body.length & 0xff;
  framed.set(body, 2);
  let broken = false;
  const ofRecord = outcome(() => {
    const [batch] = [...decoder.push(framed)];
    if (batch === undefined || batch.type !== "RECORD") throw new Error("no batch");
    const value = batch.rows()[0]?.[0];
    broken = isBrokenValue(value);
    if (isBrokenValue(value)) throw value.cause;
    return value;
  });
  const alone = outcome(() => codec.decodeValue(body.subarray(3)));
  if ("error" in alone !== "error" in ofRecord) return `decodeValue: ${JSON.stringify([alone.error, ofRecord.error])}`;
  if (alone.error === undefined || ofRecord.error === undefined)
    return difference(alone.value, ofRecord.value, "decodeValue");
  // Of a value that can't be decoded, in bytes that are bad further on, decodeValue tells the one and a record the other.
  if (!broken && alone.error.offset + 3 <= ofRecord.error.offset) return undefined;
  if (/after the end/.test(alone.error.reason)) return undefined;
  return difference({ ...alone.error, offset: alone.error.offset + 3 }, ofRecord.error, "decodeValue");
}

/** A path's nodes are told apart by their element ids, of which random paths take no care. */
function hasPath(value: unknown): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return value instanceof Path || Object.values(value).some(hasPath);
}

/** Rows by the plain writer, and as a batch of ingestion by the WebAssembly one: the same bytes, or the same refusal. */
function encodeBoth(plain: Codec, wasm: Codec, said: readonly unknown[]): string | undefined {
  const some = said.filter((row): row is unknown[] => Array.isArray(row) && !row.some(isBrokenValue)).slice(0, 8);
  if (some.length === 0) return undefined;
  const objects = some.map((row) => Object.fromEntries(row.map((value, i) => [`c${i}`, value])));
  const rows = Array.from({ length: 56 }, (_, i) => objects[i % objects.length]);
  const run = { type: "RUN", query: "UNWIND $rows AS row", parameters: { rows }, extra: {} } as const;
  const [a, b] = [plain, wasm].map((codec) => outcome(() => codec.encodeMessage(run))) as [Outcome, Outcome];
  return difference({ ...a }, { ...b }, "encodeMessage");
}

function encodeAgain(codec: Codec, value: unknown): string | undefined {
  const encoded = outcome(() => codec.encodeValue(value));
  if (encoded.error !== undefined) {
    // Graph values nest deeper than their bytes' reader counted, and values of a structure may be out of what can be sent.
    return encoded.error.name === "ParameterError" ? undefined : `encodeValue: ${encoded.error.name}`;
  }
  const bytes = encoded.value as Uint8Array;
  const again = outcome(() => codec.decodeValue(bytes));
  if (again.error !== undefined)
    return /deeper/.test(again.error.reason) ? undefined : `encoded again: ${again.error.reason}`;
  return difference(value, again.value, "encoded again");
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly offset: number; readonly reason: string };
}

function outcome(action: () => unknown): Outcome {
  try {
    return { value: action() };
  } catch (error) {
    const { name, offset, reason, message } = error as {
      name: string;
      offset: number;
      reason: string;
      message: string;
    };
    return { error: { name, offset, reason: reason ?? message } };
  }
}

function expectation(random: Random, width: number, group: number): ExpectedResult | undefined {
  if (random.oneIn(8)) return undefined;
  const fields = Array.from({ length: random.oneIn(20) ? random.small(8) : width }, (_, i) => `c${i}`);
  return random.oneIn(5) ? { fields } : { statement: `RETURN ${group}`, fields };
}

function inputOf(
  random: Random,
  bodies: readonly Body[],
  expected: ExpectedResult | undefined,
  width: number,
  base: boolean,
): Input & { bodies: Uint8Array[] } {
  let stream = streamOf(random, bodies);
  if (!base && random.oneIn(10)) stream = mutate(random, { bytes: stream, spans: [] }, bodies[0] as Body);
  const cuts = random.oneIn(2)
    ? []
    : Array.from({ length: 1 + random.small(12) }, () => random.below(stream.length + 1));
  // Records of another width than was announced are refused, so that columns can be asked for by the names of these.
  const columns = expected !== undefined && random.oneIn(4);
  const odd = random.oneIn(4);
  const count = columns ? expected.fields.length : random.oneIn(12) ? random.small(8) : width;
  const fields = Array.from({ length: count }, (_, i) => (odd ? random.pick(oddKeys) : `c${i}`));
  return {
    bodies: bodies.map(({ bytes }) => bytes),
    stream,
    delivery: {
      expected,
      cuts: cuts.sort((a, b) => a - b),
      view: random.pick(columns ? columnViews : views),
      fields,
      late: random.oneIn(4),
    },
  };
}

/** The messages in chunks, NOOPs among them. */
function streamOf(random: Random, bodies: readonly Body[]): Uint8Array {
  const largest = random.oneIn(4) ? 1 + random.below(40) : 0xffff;
  const noops = random.oneIn(8);
  const all = new Uint8Array(bodies.reduce((sum, { bytes }) => sum + bytes.length * 3 + 16, 0));
  let at = 0;
  for (const { bytes } of bodies) {
    const chunk = random.oneIn(3) ? largest : 0xffff;
    for (let count = noops ? random.below(3) : 0; count > 0; count--) at += 2;
    for (let from = 0; from < bytes.length; from += chunk) {
      const size = Math.min(chunk, bytes.length - from);
      all[at++] = size >> 8;
      all[at++] = size & 0xff;
      all.set(size === bytes.length ? bytes : bytes.subarray(from, from + size), at);
      at += size;
    }
    at += 2;
  }
  return all.subarray(0, at);
}

/** The messages of one group. */
class Source {
  readonly width: number;
  readonly bases: readonly Body[];
  readonly #random: Random;
  readonly #corpus: Corpus;

  constructor(random: Random, codec: Codec, corpus: Corpus, small: boolean) {
    this.#random = random;
    this.#corpus = corpus;
    const columns = Array.from({ length: random.oneIn(4) ? random.below(7) : 1 + random.below(3) }, () =>
      randomShape(random, 3),
    );
    if (small) columns.splice(0, columns.length, randomShape(random, 1 + random.below(2)));
    this.width = columns.length;
    const wire = new Wire(random);
    const values = new ValueWriter(wire, random, codec.profile);
    const count = small ? 1 + random.below(2) : random.oneIn(30) ? 120 : 1 + random.small(10);
    this.bases = Array.from({ length: count }, () => record(wire, values, columns));
    for (const base of this.bases)
      corpus.sound[corpus.sound.length < 200 ? corpus.sound.length : random.below(200)] = base;
    if (random.oneIn(3)) this.#otherMessage(wire, values);
  }

  /** SUCCESS, FAILURE or IGNORED among the records. */
  #otherMessage(wire: Wire, values: ValueWriter): void {
    const random = this.#random;
    const leaf = (kind: string): Shape => ({ kind, strays: 20 });
    const keys = [["has_more", "t_last"], ["has_more", "type", "a"], []];
    if (random.oneIn(6)) {
      wire.structure(random.below(3), random.pick([0x70, 0x7f, 0x7e, 0x0f, 0x71]));
      values.value({ kind: "map", strays: 30, keys, of: [leaf("boolean"), leaf("name"), leaf("names")] });
    } else if (random.oneIn(4)) {
      wire.structure(0, 0x7e);
    } else {
      wire.structure(1, 0x70);
      values.value({ kind: "map", strays: 0, keys, of: [leaf("boolean"), leaf("name"), leaf("names")] });
    }
    const all = this.bases as Body[];
    all.splice(random.below(all.length + 1), 0, wire.take());
  }

  /** The base with one or two messages spoiled, or more with values replaced by others that are as sound. */
  spoiled(): readonly Body[] {
    const random = this.#random;
    const { sound, spoiled } = this.#corpus;
    const bodies = this.bases.slice(0, random.oneIn(3) ? 1 + random.below(this.bases.length) : this.bases.length);
    const gentle = random.oneIn(2);
    for (let changes = 1 + random.small(gentle ? 12 : 3); changes > 0; changes--) {
      const at = random.below(bodies.length);
      const body = bodies[at] as Body;
      if (gentle) {
        bodies[at] = { bytes: replaceValue(random, body, random.pick(sound)), spans: [] };
        continue;
      }
      const from = spoiled.length > 0 && random.oneIn(10) ? random.pick(spoiled) : body;
      const bytes = mutate(random, from, random.pick(spoiled.length > 0 && random.oneIn(2) ? spoiled : sound));
      // Its values are no longer where they were, but that is where mutations bite.
      const spans = from.spans.filter(({ end }) => end <= bytes.length);
      bodies[at] = { bytes: bytes.length > 60_000 ? bytes.slice(0, 60_000) : bytes, spans };
    }
    return bodies;
  }
}

function record(wire: Wire, values: ValueWriter, columns: readonly Shape[]): Body {
  wire.byte(0xb1);
  wire.byte(0x71);
  wire.list(columns.length);
  for (const column of columns) values.value(column);
  return wire.take();
}
