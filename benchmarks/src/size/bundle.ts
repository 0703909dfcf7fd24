import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import type { Size } from "./size-result.ts";

/**
 * Bundles everything that a package exports, minifies and compresses it.
 *
 * @param folder where the package is found in node_modules.
 * @param external what stays outside.
 */
export async function bundled(
  name: string,
  from: string,
  folder: string,
  external: readonly string[] = [],
): Promise<Size> {
  const input = join(folder, "entry.mjs");
  writeFileSync(input, `export * from ${JSON.stringify(from)};\n`);
  const bundle = await rolldown({ input, external: [...external], platform: "node", logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  if (output.length !== 1) throw new Error(`The bundle of ${from} has ${output.length} files`);
  const text = Buffer.from(output[0].code);
  const kB = (bytes: number) => Number((bytes / 1000).toFixed(1));
  return { name, minified: kB(text.length), gzipped: kB(gzipSync(text, { level: 9 }).length) };
}

/** The npm driver's entry for applications that are bundled. */
export const npmEntry = (): string => createRequire(import.meta.url).resolve("neo4j-driver");
