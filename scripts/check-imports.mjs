// The arrows that `turbo boundaries` can't see: `node:` modules, timers, Buffer and process belong to a few rooms only
// (ARCHITECTURE.md), and a package's own tests use no package of ours above it.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const order = ["types", "codec", "core", "pool", "driver", "ingest"];
const mayUseNode = [
  /^packages\/core\/src\/transport\//,
  /^packages\/driver\/src\/env\.ts$/,
  /^packages\/(ingest|testing|testkit-backend)\/src\//,
];
const mayUseTimers = [
  /^packages\/pool\/src\//,
  /^packages\/core\/src\/transport\//,
  /^packages\/(ingest|testing|testkit-backend)\/src\//,
];
const mayUseBuffer = [...mayUseNode, /^packages\/codec\/src\/text\.ts$/];

const rules = [
  { what: "a node: module", pattern: /(?:from|import|require)\s*\(?\s*["']node:/, allowed: mayUseNode },
  { what: "a timer", pattern: /(?<![\w.#])(?:setTimeout|setInterval|setImmediate)\s*\(/, allowed: mayUseTimers },
  { what: "Buffer", pattern: /(?<![\w.#"'`])Buffer\.(?:from|alloc|concat|byteLength|isBuffer)/, allowed: mayUseBuffer },
];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name === "dist") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const problems = [];
for (const name of readdirSync(join(root, "packages"))) {
  for (const path of sources(join(root, "packages", name))) {
    const file = relative(root, path).replaceAll("\\", "/");
    const lines = readFileSync(path, "utf8").split("\n");
    const isSource = file.includes("/src/");
    for (const [index, line] of lines.entries()) {
      const code = line.replace(/^\s*(?:\/\/|\*|\/\*).*$/, "");
      if (isSource) {
        for (const { what, pattern, allowed } of rules) {
          if (pattern.test(code) && !allowed.some((room) => room.test(file))) {
            problems.push(`${file}:${index + 1} uses ${what}, which has no place in this room`);
          }
        }
      }
      const imported = code.match(/["']@fulgur\/neo4j-([a-z]+)["']/)?.[1];
      const own = order.indexOf(name);
      if (imported && own >= 0 && (order.indexOf(imported) > own || imported === "testing")) {
        problems.push(`${file}:${index + 1} imports ${imported}, which stands above ${name}`);
      }
      if (code.includes("@fulgur/codegen")) problems.push(`${file}:${index + 1} imports codegen`);
    }
  }
}

for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? "Every import keeps to the arrows." : `${problems.length} imports break the arrows.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
