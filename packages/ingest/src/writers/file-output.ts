/** Files that are being written. */
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Output } from "./output.ts";
import { reasonOf, WriteError } from "./write-error.ts";

/** What is open already, maybe a file that others write into: it is added to. */
const isDescriptor = /^\/(?:dev\/(?:stdout|stderr|fd\/)|proc\/)/;

/**
 * A file under another name in the same folder until it is whole. Where a link leads to it, the link stays. What is no file, such as a pipe or a
 * device, is written as it stands: another could not take its place.
 *
 * @throws WriteError for a folder that isn't there, and the like
 */
export async function openFile(path: string): Promise<Output> {
  try {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (found !== undefined && (!found.isFile() || isDescriptor.test(path)))
      return unnamed(path, await open(path, "a"));
    const place = found === undefined ? path : await realpath(path);
    const name = `.${basename(place)}.${process.pid}-${Math.random().toString(36).slice(2, 10)}.part`;
    const temporary = join(dirname(place), name);
    // Whoever may not read what is there may not read what replaces it.
    return named({ path, place, temporary }, await open(temporary, "wx", found && found.mode & 0o777));
  } catch (error) {
    throw new WriteError(reasonOf(error), { file: path }, error);
  }
}

interface Names {
  /** As it was given. */
  readonly path: string;
  readonly place: string;
  readonly temporary: string;
}

function named({ path, place, temporary }: Names, file: FileHandle): Output {
  const writing = into(path, file);
  const abandon = async () => {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
  };
  return {
    write: writing.write,
    get bytes() {
      return writing.bytes;
    },
    async finish() {
      try {
        // Renamed before it is on the disk, a power cut could leave an empty file under its name.
        await file.sync();
        await file.close();
        await rename(temporary, place);
      } catch (error) {
        await abandon();
        throw new WriteError(reasonOf(error), { file: path }, error);
      }
    },
    abandon,
  };
}

function unnamed(path: string, file: FileHandle): Output {
  const writing = into(path, file);
  return {
    write: writing.write,
    get bytes() {
      return writing.bytes;
    },
    finish: () => file.close(),
    abandon: () => file.close().catch(() => {}),
  };
}

function into(path: string, file: FileHandle): Pick<Output, "bytes" | "write"> {
  let bytes = 0;
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
  };
}
