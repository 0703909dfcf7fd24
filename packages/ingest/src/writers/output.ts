/** Where bytes go: a file, which appears only when it is whole, or a stream. */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createGzip, type Gzip } from "node:zlib";
import { reasonOf } from "../readers/read-error.ts";
import { WriteError } from "./write-error.ts";

export interface Output {
  /** How many bytes were written. */
  readonly bytes: number;
  write(bytes: Uint8Array | string): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** The part of a Node stream that is used. */
export interface ByteSink {
  write(bytes: Uint8Array | string, done: (error?: Error | null) => void): unknown;
}

/** A path, `"-"` for standard output, or a Node stream. Streams aren't ended, and what was written to one stays. */
export type OutputTarget = string | ByteSink;

/** @throws WriteError for a folder that isn't there, and the like */
export async function openOutput(target: OutputTarget, gzip: boolean): Promise<Output> {
  const output = typeof target === "string" && target !== "-" ? await openFile(target) : ofStream(target);
  return gzip ? packed(output) : output;
}

/** Under another name in the same folder until it is whole. */
async function openFile(path: string): Promise<Output> {
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${process.pid}-${Math.random().toString(36).slice(2, 10)}.part`,
  );
  let file: FileHandle;
  try {
    file = await open(temporary, "wx");
  } catch (error) {
    throw new WriteError(reasonOf(error), { file: path }, error);
  }
  let bytes = 0;
  const discard = async () => {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
  };
  return {
    get bytes() {
      return bytes;
    },
    async write(part) {
      const data = typeof part === "string" ? Buffer.from(part) : part;
      try {
        for (let at = 0; at < data.length; ) at += (await file.write(data, at)).bytesWritten;
      } catch (error) {
        throw new WriteError(reasonOf(error), { file: path }, error);
      }
      bytes += data.length;
    },
    async finish() {
      try {
        // Renamed before it is on the disk, a power cut could leave an empty file under its name.
        await file.sync();
        await file.close();
        await rename(temporary, path);
      } catch (error) {
        await discard();
        throw new WriteError(reasonOf(error), { file: path }, error);
      }
    },
    abandon: discard,
  };
}

function ofStream(target: OutputTarget): Output {
  const stream: ByteSink = typeof target === "string" ? process.stdout : target;
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    write(part) {
      bytes += typeof part === "string" ? Buffer.byteLength(part) : part.length;
      return new Promise<void>((resolve, reject) => {
        stream.write(part, (error) => {
          if (error) reject(new WriteError(reasonOf(error), {}, error));
          else resolve();
        });
      });
    },
    async finish() {},
    async abandon() {},
  };
}

function packed(output: Output): Output {
  const gzip: Gzip = createGzip();
  const flow = (async () => {
    for await (const part of gzip) await output.write(part as Uint8Array);
  })();
  // Who writes next hears of it.
  flow.catch(() => {});
  return {
    get bytes() {
      return output.bytes;
    },
    async write(part) {
      const taken = new Promise<void>((resolve, reject) => {
        gzip.write(part, (error) => (error ? reject(error) : resolve()));
      });
      await Promise.race([taken, flow]);
    },
    async finish() {
      gzip.end();
      await flow;
      await output.finish();
    },
    async abandon() {
      gzip.destroy();
      await flow.catch(() => {});
      await output.abandon();
    },
  };
}
