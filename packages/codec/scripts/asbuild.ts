/**
 * Compiles assembly/ to build/codec.wasm and writes the module into src/gen/codec-wasm.ts as base64, so that the package
 * needs no file at run time and bundlers no setting. The same sources give the same bytes.
 *
 * `node scripts/asbuild.ts [folder of the codec package]`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { main } from "assemblyscript/asc";

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
process.chdir(folder);

const { error, stderr } = await main(["--config", "asconfig.json", "--target", "release"]);
if (error !== null) {
  process.stderr.write(`${stderr.toString()}\nasbuild: ${error.message}\n`);
  process.exit(1);
}

const wasm = readFileSync("build/codec.wasm");
const lines = wasm.toString("base64").match(/.{1,116}/g) ?? [];
writeFileSync(
  "src/gen/codec-wasm.ts",
  `// Generated from assembly/ by scripts/asbuild.ts: ${wasm.length} bytes of WebAssembly.

/** The WebAssembly module, base64. */
export const codecWasm: string = [
${lines.map((line) => `  "${line}",`).join("\n")}
].join("");
`,
);
