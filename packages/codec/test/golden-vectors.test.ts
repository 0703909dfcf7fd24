import { readFileSync } from "node:fs";
import { type BoltVersion, type Codec, isBrokenValue } from "@fulgur/neo4j-codec";
import { float, UUID } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, engines, hex, replies } from "./engines.ts";

type Typed = null | boolean | string | Typed[] | { readonly [key: string]: unknown };

interface Vector {
  readonly name: string;
  readonly kind: "value" | "message";
  readonly bolt: BoltVersion;
  readonly value: Typed;
  readonly hex: string;
  readonly direction?: "client" | "server";
  readonly decode_only?: boolean;
}

const file = new URL("../../../spec/vectors/golden-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

/** The typed JSON of the vectors as the values that this codec gives. */
function valueOf(typed: Typed, codec: Codec): unknown {
  if (Array.isArray(typed)) return typed.map((item) => valueOf(item, codec));
  if (typeof typed !== "object" || typed === null) return typed;
  const [tag, content] = Object.entries(typed)[0] as [string, never];
  switch (tag) {
    case "$int": {
      const number = Number(content);
      return Number.isSafeInteger(number) ? number : BigInt(content);
    }
    case "$float":
      return Number(content);
    case "$bytes":
      return bytesOf(content);
    case "$map":
      return Object.fromEntries((content as [string, Typed][]).map(([key, item]) => [key, valueOf(item, codec)]));
    case "$uuid":
      return UUID.fromString(content);
    case "$struct": {
      const { tag: hexTag, fields } = content as { tag: string; fields: Typed[] };
      const structure = codec.profile.structureByTag[Number.parseInt(hexTag, 16)];
      if (structure === undefined) throw new Error(`no structure has the tag ${hexTag}`);
      const all = fields.map((field) => valueOf(field, codec));
      // Fields that this version lacks are derived: here element ids.
      const derived = structure.table.fields.slice(all.length).map(({ name }) => {
        return String(all[name.startsWith("start") ? 1 : name.startsWith("end") ? 2 : 0]);
      });
      return (structure.make as (...fields: unknown[]) => unknown)(...all, ...derived);
    }
    default:
      throw new Error(`unknown typed value ${tag}`);
  }
}

/** The same values with floats marked, since whole numbers are sent as integers. */
function parameterOf(typed: Typed, codec: Codec): unknown {
  if (Array.isArray(typed)) return typed.map((item) => parameterOf(item, codec));
  if (typeof typed !== "object" || typed === null) return typed;
  const [tag, content] = Object.entries(typed)[0] as [string, never];
  if (tag === "$float") return float(Number(content));
  if (tag === "$map") {
    return Object.fromEntries((content as [string, Typed][]).map(([key, item]) => [key, parameterOf(item, codec)]));
  }
  return valueOf(typed, codec);
}

describe.each(engines)("golden values in the %s engine", (engine) => {
  it.each(vectors.filter(({ kind }) => kind === "value"))("$bolt $name", (vector) => {
    const each = codec({ version: vector.bolt, engine });
    const bytes = bytesOf(vector.hex);
    const expected = valueOf(vector.value, each);
    expect(each.decodeValue(bytes)).toStrictEqual(expected);
    const record = chunked(new Uint8Array([0xb1, 0x71, 0x91, ...bytes]));
    const seen = replies(each, [record]) as { row: unknown[] }[];
    expect(seen.some(({ row }) => row?.some(isBrokenValue))).toBe(false);
    expect(seen).toStrictEqual([{ row: [expected] }]);
    if (!vector.decode_only) expect(hex(each.encodeValue(parameterOf(vector.value, each)))).toBe(vector.hex);
  });
});

describe.each(engines)("golden messages in the %s engine", (engine) => {
  it.each(vectors.filter(({ kind }) => kind === "message"))("$bolt $direction $name", (vector) => {
    const body = bytesOf(vector.hex);
    const sender = codec({ version: vector.bolt, engine, role: vector.direction ?? "client" });
    const receiver = codec({ version: vector.bolt, engine, role: vector.direction === "server" ? "client" : "server" });
    const [seen] = replies(receiver, [chunked(body)]);
    const { tag, fields } = (vector.value as { $struct: { tag: string; fields: Typed[] } }).$struct;
    const signature = Number.parseInt(tag, 16);
    const table = [...sender.profile.requestBySignature, ...sender.profile.responseBySignature].find(
      (message) =>
        message?.table.signature === signature &&
        message.table.direction === (vector.direction === "server" ? "response" : "request"),
    )?.table;
    const sent = (seen as { row?: unknown[] }).row
      ? { type: "RECORD", data: (seen as { row: unknown[] }).row }
      : (seen as { type: string });
    expect(sent.type).toBe(table?.name);
    if (vector.direction === "server")
      expect(Object.values(sent).slice(1)).toStrictEqual(fields.map((f) => valueOf(f, sender)));
    expect(hex(sender.encodeMessage(sent as never))).toBe(hex(chunked(body)));
  });
});
