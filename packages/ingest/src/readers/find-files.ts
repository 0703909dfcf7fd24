/** Files by patterns of their names. */
import { existsSync } from "node:fs";
import { isAbsolute, sep } from "node:path";
import { ReadError } from "./read-error.ts";

/** Whether a text may be a pattern. A file whose name looks like one is found first. */
function isPattern(path: string): boolean {
  return /[*?[\]{}]|[!+@]\(/.test(path);
}

/**
 * The files of a path or pattern such as `data/**\/*.csv`, in the order of their names.
 *
 * @throws ReadError if there is none
 */
export async function findFiles(pathOrPattern: string): Promise<readonly string[]> {
  if (pathOrPattern === "-") return [pathOrPattern];
  if (existsSync(pathOrPattern)) return [pathOrPattern];
  if (!isPattern(pathOrPattern)) throw new ReadError("it does not exist", { file: pathOrPattern });
  const { glob } = await import("tinyglobby");
  const absolute = isAbsolute(pathOrPattern);
  const found = await glob(pathOrPattern.replaceAll(sep, "/"), { absolute, expandDirectories: false });
  if (found.length === 0) throw new ReadError("the pattern fits no file", { file: pathOrPattern });
  return found.sort();
}
