/** The bytes of an input, unpacked if they are gzip, and counted as they are on the disk. */
import { finished, Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import type { InputFile } from "./input.ts";
import { ReadError } from "./read-error.ts";

const chunkSize = 256 * 1024;
const ended = promisify(finished);

/** What some would take for text with odd characters. */
const otherPackings = [
  ["zip", "PK\x03\x04"],
  ["zstd", "\x28\xb5\x2f\xfd"],
  ["bzip2", "BZh91AY&SY"],
  ["xz", "\xfd7zXZ\0"],
] as const;

/**
 * Whether an input is gzip is told by its first bytes, whatever its name is.
 *
 * @param count is given the number of bytes of each part that is read
 */
export async function* byteChunks(file: InputFile, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const parts = counted(file.open(), count);
  const head = await headOf(parts);
  const begin = Buffer.from(head[0]?.subarray(0, 10) ?? []).toString("latin1");
  if (!begin.startsWith("\x1f\x8b")) {
    const other = otherPackings.find(([, magic]) => begin.startsWith(magic));
    if (other !== undefined) {
      await parts.return(undefined);
      throw new ReadError(`it is packed by ${other[0]}, and only gzip is unpacked`, { file: file.name });
    }
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
