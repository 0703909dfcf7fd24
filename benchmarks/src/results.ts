import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../results/", import.meta.url);

/** What a file of results/ holds; `undefined` if it isn't there. */
export function readResult<T>(file: string): T | undefined {
  const path = new URL(file, folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
}

/** Writes a file of results/: a text as it is, anything else as JSON. */
export function writeResult(file: string, content: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(file, folder), typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`);
}
