/**
 * Compiles assembly/ to build/codec.wasm and writes the module into src/gen/codec-wasm.ts as text, so that the package
 * needs no file at run time and bundlers no setting. The addresses of assembly/layout.ts go into src/gen/areas.ts. The same
 * sources give the same bytes.
 *
 * `node scripts/asbuild.ts [folder of the codec package]`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { main } from "assemblyscript/asc";
import { shift } from "../src/wasm/module-text.ts";

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
process.chdir(folder);

const { error, stderr } = await main(["--config", "asconfig.json", "--target", "release"]);
if (error !== null) {
  process.stderr.write(`${stderr.toString()}\nasbuild: ${error.message}\n`);
  process.exit(1);
}

const wasm = readFileSync("build/codec.wasm");
const text = Array.from(wasm, (byte) => String.fromCharCode((byte + shift) & 0xff)).join("");
// What can't be seen is written as an escape; bundlers write it as they like.
const visible = (line: string): string =>
  JSON.stringify(line).replace(/[\x7f-\xa0\xad]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`);
const lines = text.match(/[\s\S]{1,100}/g) ?? [];
writeFileSync(
  "src/gen/codec-wasm.ts",
  `// Generated from assembly/ by scripts/asbuild.ts: ${wasm.length} bytes of WebAssembly.

/** The WebAssembly module as text, one unit a byte; see wasm/module-text.ts. */
export const codecWasm: string =
  ${lines.map(visible).join(" +\n  ")};
`,
);

/** `SPAN_BYTES` is `spanBytes`. */
const inCamelCase = (name: string): string => name.toLowerCase().replace(/_./g, (end) => end.slice(1).toUpperCase());
const layout = await import(pathToFileURL(join(folder, "assembly", "layout.ts")).href);
const areas = Object.entries<number>(layout).sort(([, a], [, b]) => a - b);
writeFileSync(
  "src/gen/areas.ts",
  `// Generated from assembly/layout.ts by scripts/asbuild.ts.

/** Where the areas of the WebAssembly module's memory begin, and how large they are. */
export const areas = {
${areas.map(([name, number]) => `  ${inCamelCase(name)}: 0x${number.toString(16)},`).join("\n")}
} as const;
`,
);
