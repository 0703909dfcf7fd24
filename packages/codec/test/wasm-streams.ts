import { type Codec, type CodecOptions, createCodec, type Decoder, isBrokenValue } from "@fulgur/neo4j-codec";
import { PlainDecoder } from "../src/plain/decoder.ts";
import { createWasmDecoder, type WasmDecoderOptions } from "../src/wasm/decoder.ts";
import { chunked, concat } from "./engines.ts";

/** Chunked RECORD messages of these rows, as a server of any version would send them. */
export function recordsOf(codec: Codec, rows: readonly (readonly unknown[])[], chunk?: number): Uint8Array {
  return concat(...rows.map((row) => chunked(recordBody(codec, row), chunk)));
}

export function recordBody(codec: Codec, row: readonly unknown[]): Uint8Array {
  return concat(Uint8Array.of(0xb1, 0x71), codec.encodeValue(row));
}

export function plainCodec(options: Partial<CodecOptions> = {}): Codec {
  return createCodec({ version: "6.1", ...options, engine: "plain" });
}

export function wasmDecoder(codec: Codec, options: WasmDecoderOptions = { threshold: 1 }): Decoder {
  const decoder = createWasmDecoder(codec.profile, options);
  if (decoder === undefined) throw new Error("this runtime can't run WebAssembly");
  return decoder;
}

export function plainDecoder(codec: Codec): Decoder {
  return new PlainDecoder(codec.profile, "client");
}

/** Cuts bytes into pieces of a size. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
}

/** What the decoder that read the rows was: how many rows came from columns. */
export interface Heard {
  readonly items: unknown[];
  fromColumns: number;
}

/** Rows (broken values as their errors), messages and the error that ends it. `objects`: rows by name instead. */
export function heard(decoder: Decoder, parts: readonly Uint8Array[], fields?: readonly string[]): Heard {
  const all: Heard = { items: [], fromColumns: 0 };
  try {
    for (const part of parts) {
      for (const item of decoder.push(part)) {
        if (item.type !== "RECORD") {
          all.items.push(item);
          continue;
        }
        if (item.constructor.name === "ColumnBatch") all.fromColumns += item.length;
        const rows = fields === undefined ? item.rows() : item.objects(fields);
        const broken = rows.some((row) => Object.values(row).some(isBrokenValue));
        if (item.broken !== broken) throw new Error(`broken is ${item.broken}`);
        all.items.push(...rows.map((row) => (Array.isArray(row) ? row.map(shown) : row)));
      }
    }
    decoder.end();
  } catch (error) {
    all.items.push(shownError(error));
  }
  return all;
}

function shown(value: unknown): unknown {
  return isBrokenValue(value) ? { broken: shownError(value.cause) } : value;
}

function shownError(error: unknown): unknown {
  const { name, offset, reason, message } = error as { name: string; offset: number; reason: string; message: string };
  return { name, offset, reason, message };
}
