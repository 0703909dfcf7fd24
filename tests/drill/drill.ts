import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
// @boundaries-ignore: the check of generated files, which belongs to no package, copies the house in the same way
import { copyHouse, generatedPaths, generateIn } from "../../scripts/house-copy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A change of one place in the copied spec. */
export interface Edit {
  /** Relative to `spec/fulgur/`. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** A copy of the house with another spec, and everything generated from that. */
export interface Drill {
  readonly folder: string;
  /** Runs a TypeScript program there, in a Node that reads the packages' sources; gives its output, or throws with it. */
  run(program: string): string;
  /** What the compiler says about the packages there. */
  typeErrors(): string[];
  /** What buf and the guard say of the spec, compared with the baseline; "" if they accept it. */
  breakingChanges(): string;
  /** Files of codegen and the packages that nothing generates, and that aren't what they were. */
  changedByHand(): string[];
  remove(): void;
}

/**
 * Copies the house, edits the spec and regenerates.
 *
 * @param edits changes of files.
 * @param added new files, by name relative to `spec/fulgur/`.
 */
export function drill(edits: readonly Edit[], added: Readonly<Record<string, string>>): Drill {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fulgur-drill-")));
  let before: ReadonlyMap<string, Buffer>;
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    copyHouse(root, folder);
    before = handWritten(folder);
    for (const { file, from, to } of edits) edit(join(folder, "spec/fulgur", file), from, to);
    for (const [file, text] of Object.entries(added)) {
      const path = join(folder, "spec/fulgur", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    generateIn(folder);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    folder,
    run: (program) => run(folder, program),
    typeErrors: () => typeErrors(folder),
    breakingChanges: () => breakingChanges(folder),
    changedByHand: () => differences(before, handWritten(folder)),
    remove,
  };
}

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, "utf8");
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${path} has ${places} places that match ${String(from)}, not one`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}

function run(folder: string, program: string): string {
  const file = join(folder, "packages/core/drill.ts");
  writeFileSync(file, program);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=@fulgur/source", file], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`the drill's program failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

function typeErrors(folder: string): string[] {
  const args = [
    join(root, "node_modules/typescript/bin/tsc"),
    "-b",
    join(folder, "packages/core"),
    "--pretty",
    "false",
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0 && stdout === "") throw new Error(`the compiler didn't run:\n${stderr}`);
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

function breakingChanges(folder: string): string {
  const cwd = join(folder, "spec");
  const commands = [
    [join(cwd, "node_modules/@bufbuild/buf/bin/buf"), "breaking", "--against", "baseline/bolt.binpb"],
    [join(folder, "codegen/src/guard/main.ts")],
  ];
  return commands
    .map((command) => spawnSync(process.execPath, command, { cwd, encoding: "utf8" }))
    .map(({ status, stdout, stderr }) => (status === 0 ? "" : `${stdout}${stderr}`))
    .join("");
}

/** The files of codegen and the packages that nothing generates, by name. */
function handWritten(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const visit = (path: string): void => {
    const name = relative(folder, path).split(sep).join("/");
    if (generatedPaths.includes(name) || /(^|\/)(node_modules|build|dist|drill\.ts)$/.test(name)) return;
    if (statSync(path).isDirectory()) for (const child of readdirSync(path)) visit(join(path, child));
    else found.set(name, readFileSync(path));
  };
  for (const name of ["codegen", "packages"]) visit(join(folder, name));
  return found;
}

function differences(before: ReadonlyMap<string, Buffer>, after: ReadonlyMap<string, Buffer>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return old === undefined || now === undefined || !old.equals(now);
  });
}
