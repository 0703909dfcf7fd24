/** The bytes of an input, unpacked if they are gzip, and counted as they are on the disk. */
import { finished, Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import type { InputFile } from "./input.ts";

const chunkSize = 256 * 1024;
const ended = promisify(finished);

/**
 * Whether an input is gzip is told by its first bytes, whatever its name is.
 *
 * @param count is given the number of bytes of each part that is read
 */
export async function* byteChunks(file: InputFile, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const parts = counted(file.open(), count);
  const head = await headOf(parts);
  if (head[0]?.[0] !== 0x1f || head[0][1] !== 0x8b) {
    yield* joined(head, parts);
    return;
  }
  const packed = Readable.from(joined(head, parts), { objectMode: false, highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize });
  packed.on("error", (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } finally {
    packed.destroy();
    // So that the file is closed when return() is done.
    await ended(packed).catch(() => {});
  }
}

async function* counted(parts: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    count(part.length);
    if (part.length > 0) yield part;
  }
}

/** The first parts, of at least two bytes if there are so many. */
async function headOf(parts: AsyncGenerator<Uint8Array>): Promise<Uint8Array[]> {
  const first = await parts.next();
  if (first.done) return [];
  if (first.value.length > 1) return [first.value];
  const second = await parts.next();
  return [second.done ? first.value : Buffer.concat([first.value, second.value])];
}

async function* joined(head: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
