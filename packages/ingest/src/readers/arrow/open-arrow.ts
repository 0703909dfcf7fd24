/** Arrow's two formats, opened: by the index at a file's end where any part of it can be read, else from the beginning on. */
import { open } from "node:fs/promises";
import { byteChunks } from "../byte-chunks.ts";
import type { InputFile } from "../input.ts";
import { type ArrowReader, arrowLibrary } from "./arrow-library.ts";

export interface OpenArrow {
  readonly reader: ArrowReader;
  /** To be told of each batch, so that progress is. */
  batchDone(): void;
  close(): Promise<void>;
}

const magic = "ARROW1";

export async function openArrow(file: InputFile, count: (bytes: number) => void): Promise<OpenArrow> {
  const { RecordBatchReader } = await arrowLibrary();
  if (file.bytes !== undefined && hasMagic(file.bytes)) return ofFile(file.bytes, file.bytes.length, async () => {});
  if (file.path !== undefined) {
    const handle = await open(file.path);
    try {
      const head = new Uint8Array(magic.length);
      await handle.read(head, 0, head.length, 0);
      if (hasMagic(head)) return await ofFile(handle, (await handle.stat()).size, () => handle.close());
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
  }
  return ofStream(streamOf(byteChunks(file, count)));

  async function ofFile(source: object, size: number, close: () => Promise<void>): Promise<OpenArrow> {
    const reader = await RecordBatchReader.from(source as AsyncIterable<Uint8Array>);
    await reader.open();
    let batches = 0;
    let counted = 0;
    return {
      reader,
      batchDone() {
        const bytes = Math.floor((size * ++batches) / Math.max(reader.numRecordBatches, 1));
        count(bytes - counted);
        counted = bytes;
      },
      async close() {
        await reader.cancel();
        await close();
      },
    };
  }

  async function ofStream(bytes: AsyncGenerator<Uint8Array>): Promise<OpenArrow> {
    try {
      const reader = await RecordBatchReader.from(bytes);
      await reader.open();
      return {
        reader,
        batchDone() {},
        async close() {
          await reader.cancel();
          await bytes.return(undefined);
        },
      };
    } catch (error) {
      await bytes.return(undefined);
      throw error;
    }
  }
}

/** A file is a stream between the format's name and its index. */
async function* streamOf(parts: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array();
  try {
    for await (const part of parts) {
      if (head === undefined) {
        yield part;
        continue;
      }
      const begun: Uint8Array = head.length === 0 ? part : Buffer.concat([head, part]);
      head = begun.length < 8 ? begun : undefined;
      if (head === undefined) yield hasMagic(begun) ? begun.subarray(8) : begun;
    }
    if (head !== undefined && head.length > 0) yield head;
  } finally {
    await parts.return(undefined);
  }
}

function hasMagic(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1", 0, magic.length) === magic;
}
