// Regenerates everything in a temporary folder and compares: what is checked in is what the spec says, no more, no less.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { copyHouse, generatedPaths, generateIn } from "./house-copy.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const copy = realpathSync(mkdtempSync(join(tmpdir(), "fulgur-generated-")));

function filesIn(base) {
  const found = new Map();
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else found.set(relative(base, path).split(sep).join("/"), readFileSync(path));
  };
  for (const path of generatedPaths) visit(join(base, path));
  return found;
}

try {
  copyHouse(root, copy);
  generateIn(copy);
  const [here, fresh] = [filesIn(root), filesIn(copy)];
  const differences = [
    ...[...fresh].filter(([name]) => !here.has(name)).map(([name]) => `${name}: is missing`),
    ...[...here].filter(([name]) => !fresh.has(name)).map(([name]) => `${name}: nothing generates it; delete it`),
    ...[...fresh]
      .filter(([name, bytes]) => here.has(name) && !here.get(name).equals(bytes))
      .map(([name]) => `${name}: differs from what the spec says`),
  ];
  if (differences.length > 0) {
    console.error(`${differences.sort().join("\n")}\nRun \`pnpm run generate\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    console.log(`${fresh.size} generated files are what the spec says.`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
