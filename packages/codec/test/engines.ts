import { isDeepStrictEqual } from "node:util";
import { type Codec, type CodecOptions, createCodec, type Engine } from "@fulgur/neo4j-codec";
import { expect } from "vitest";

/** Both engines: what one promises, the other keeps. */
export const engines: readonly Engine[] = ["plain", "wasm"];

export function codec(options: Partial<CodecOptions> = {}): Codec {
  return createCodec({ version: "6.1", ...options });
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));
}

/** A message as the wire has it: in chunks of at most `chunk` bytes. */
export function chunked(body: Uint8Array, chunk = 0xffff): Uint8Array {
  const parts: number[] = [];
  for (let at = 0; at < body.length; at += chunk) {
    const part = body.subarray(at, at + chunk);
    parts.push(part.length >> 8, part.length & 0xff, ...part);
  }
  return Uint8Array.from([...parts, 0, 0]);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What a decoder says to bytes that arrive in these pieces: each row and message on its own, and the error that ends it. */
export function replies(codec: Codec, pieces: readonly Uint8Array[], fields?: readonly string[]): unknown[] {
  const decoder = codec.decoder();
  if (fields !== undefined) decoder.expect({ fields });
  const seen: unknown[] = [];
  try {
    for (const piece of pieces) {
      for (const item of decoder.push(piece)) {
        if ("rows" in item) seen.push(...item.rows().map((row) => ({ row })));
        else seen.push(item);
      }
    }
    decoder.end();
  } catch (error) {
    const { name, offset, reason } = error as { name: string; offset: number; reason: string };
    seen.push({ name, offset, reason });
  }
  return seen;
}

/** Deeply equal, prototypes, -0 and NaN included; unlike `toStrictEqual` also for maps with a key `constructor`. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  expect(actual).toStrictEqual(expected);
  throw new Error("the values differ in what toStrictEqual doesn't see");
}
