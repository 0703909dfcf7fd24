/** Inputs of which any part can be read: what formats with an index at their end need. */
import { open } from "node:fs/promises";
import type { InputFile } from "./input.ts";
import { ReadError } from "./read-error.ts";

export interface RandomAccess {
  readonly size: number;
  /** The bytes between two places. */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** @throws ReadError for what can only be read from its beginning on */
export async function randomAccess({ path, bytes, name }: InputFile): Promise<RandomAccess> {
  if (bytes !== undefined) {
    const all = bytes;
    return { size: all.length, read: async (begin, end) => all.slice(begin, end), close: async () => {} };
  }
  if (path === undefined) {
    throw new ReadError("a stream can't be read so, because its index is at its end: give a file, or all its bytes", {
      file: name,
    });
  }
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return { size, read: (begin, end) => readPart(begin, end), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }

  async function readPart(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const part = new Uint8Array(end - begin);
    for (let at = 0; at < part.length; ) {
      const { bytesRead } = await file.read(part, at, part.length - at, begin + at);
      if (bytesRead === 0)
        throw new ReadError("it ends before it should: it is cut off, or being written", { file: name });
      at += bytesRead;
    }
    return part;
  }
}
