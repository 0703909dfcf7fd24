/** Everything that bytes can be read from. */
import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ConfigurationError } from "@fulgur/neo4j-driver";
import type { ReadableStreamOf } from "../source/source.ts";

/** Bytes, at once or as they come. A Node stream is an async iterable; its texts are taken as UTF-8. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array | string> | ReadableStreamOf<Uint8Array>;

/** Bytes under a name, which rows, rejections and checkpoints tell them by. */
export interface NamedBytes {
  readonly name: string;
  readonly data: ByteSource;
}

/** A path, `"-"` for standard input, a `file:` URL, or bytes. */
export type FileInput = string | URL | ByteSource | NamedBytes;

/** An input that can be opened. */
export interface InputFile {
  /** As it was given; absent for bytes without a name. */
  readonly name: string | undefined;
  /** Where it is on the disk, if it is. */
  readonly path?: string | undefined;
  /** All of it, if it is in memory. */
  readonly bytes?: Uint8Array | undefined;
  /** Bytes; `undefined` where nobody knows. Asks the disk. */
  size(): number | undefined;
  /** Its bytes as they are. Only a file, or bytes in memory, can be opened again. */
  open(): AsyncIterable<Uint8Array>;
}

const chunkSize = 256 * 1024;

/** @throws ConfigurationError for what can't be read from, and for a name that is given twice */
export function inputFiles(input: FileInput | readonly FileInput[]): readonly InputFile[] {
  const all = Array.isArray(input) ? (input as readonly FileInput[]) : [input as FileInput];
  if (all.length === 0) refuse("it is an empty list");
  const files = all.map(inputFile);
  const names = new Set<string | undefined>();
  for (const { name } of files) {
    if (names.has(name)) refuse(name === undefined ? noName : `${JSON.stringify(name)} is given twice`);
    names.add(name);
  }
  return files;
}

const noName = "several inputs of bytes need names: give each as { name, data }";

function inputFile(input: FileInput): InputFile {
  if (typeof input === "string") return input === "-" ? ofStream("-", process.stdin) : ofPath(input, input);
  if (typeof input !== "object" || input === null) return refuse(`a ${typeof input} is neither a path nor bytes`);
  if (input instanceof URL) {
    if (input.protocol !== "file:") refuse("of URLs only file: ones can be opened; fetch others, and give their body");
    return ofPath(input.href, fileURLToPath(input));
  }
  if ("name" in input && "data" in input) {
    if (typeof input.name !== "string" || input.name === "") refuse("a name must be a text that isn't empty");
    return ofBytes(input.name, input.data);
  }
  return ofBytes(undefined, input);
}

function ofBytes(name: string | undefined, data: ByteSource): InputFile {
  if (data instanceof Uint8Array) {
    return { name, bytes: data, size: () => data.length, open: () => partsOf(data) };
  }
  if (typeof data === "object" && data !== null) {
    if (Symbol.asyncIterator in data) return ofStream(name, data);
    if ("getReader" in data) return ofStream(name, iterated(data));
  }
  return refuse("data must be a Uint8Array, a stream or an async iterable of such");
}

function ofPath(name: string, path: string): InputFile {
  if (path === "") refuse("a path is empty");
  return {
    name,
    path,
    size: () => statSync(path, { throwIfNoEntry: false })?.size,
    open: () => partsOfFile(path),
  };
}

function ofStream(name: string | undefined, stream: AsyncIterable<Uint8Array | string>): InputFile {
  return { name, size: () => undefined, open: () => bytesOnly(stream) };
}

async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

async function* partsOfFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    for (;;) {
      const part = Buffer.allocUnsafeSlow(chunkSize);
      const { bytesRead } = await file.read(part, 0, chunkSize);
      if (bytesRead === 0) return;
      yield part.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* bytesOnly(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const part of stream) yield typeof part === "string" ? Buffer.from(part) : part;
}

/** Not every runtime's streams can be iterated. */
async function* iterated(stream: ReadableStreamOf<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value as Uint8Array;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel();
    reader.releaseLock();
  }
}

function refuse(why: string): never {
  throw new ConfigurationError(`The input can't be read: ${why}.`, { option: "input" });
}
