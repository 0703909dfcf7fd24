// Bundles the package in the current folder: src/index.ts becomes dist/index.js, one module, which loads several times
// faster than a hundred. What it imports from other packages stays an import. The declarations are written by `tsc -b`.
//
// Arguments name other entries, such as `fulgur=src/command/fulgur.ts`. They share modules, and what is imported only when it
// is needed becomes a module of its own.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const entries = Object.fromEntries(process.argv.slice(2).map((entry) => entry.split("=")));
const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync("package.json", "utf8"));
const others = Object.keys({ ...dependencies, ...peerDependencies });

const bundle = await rolldown({
  input: { index: join("src", "index.ts"), ...entries },
  external: (id) => /^(?:node:|@fulgur\/)/.test(id) || others.some((name) => id === name || id.startsWith(`${name}/`)),
  platform: "neutral",
  transform: { target: "es2022" },
  // A name that isn't there, a cycle or the like: nothing that may be published.
  onLog(_level, { message }) {
    throw new Error(message);
  },
});
const hasParts = Object.keys(entries).length > 0;
// Modules of an older build have other names.
rmSync(join("dist", "parts"), { recursive: true, force: true });
await bundle.write({
  ...(hasParts
    ? { dir: "dist", entryFileNames: "[name].js" }
    : { file: join("dist", "index.js"), codeSplitting: false }),
  chunkFileNames: "parts/[name].js",
  format: "esm",
  sourcemap: true,
  // They are published beside it.
  sourcemapExcludeSources: true,
});
await bundle.close();
