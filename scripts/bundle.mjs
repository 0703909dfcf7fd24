// Bundles the package in the current folder: src/index.ts becomes dist/index.js, one module, which loads several times
// faster than a hundred. What it imports from other packages stays an import. The declarations are written by `tsc -b`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync("package.json", "utf8"));
const installed = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];

const bundle = await rolldown({
  input: join("src", "index.ts"),
  external: [/^(?:node:|@fulgur\/)/, ...installed],
  platform: "neutral",
  transform: { target: "es2022" },
  // A name that isn't there, a cycle or the like: nothing that may be published.
  onLog(_level, { message }) {
    throw new Error(message);
  },
});
await bundle.write({
  file: join("dist", "index.js"),
  format: "esm",
  codeSplitting: false,
  sourcemap: true,
  // They are published beside it.
  sourcemapExcludeSources: true,
});
await bundle.close();
