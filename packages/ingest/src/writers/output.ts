/** Where bytes go: a file, which appears only when it is whole, or a stream. */
import { createGzip, type Gzip } from "node:zlib";
import { openFile } from "./file-output.ts";
import { reasonOf, WriteError } from "./write-error.ts";

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
