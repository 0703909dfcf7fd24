// A copy of what generation needs, in another folder: for checking what is checked in, and for drills with another spec.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";

/** Folders with a `generate` script, in the order in which they depend on each other. */
export const generatingFolders = ["codegen", "packages/types", "packages/codec", "packages/core"];

/** Everything that generation writes. */
export const generatedPaths = [
  "codegen/src/gen",
  "packages/types/src/gen",
  "packages/codec/src/gen",
  "packages/codec/assembly/gen",
  "packages/core/src/gen",
  "docs/protocol.md",
];

const leftOut = new Set(["dist", "build", "gen", "coverage", ".turbo", "test"]);

/** Copies the spec, codegen and the packages that have generated files from `root` to `target`, without those files. */
export function copyHouse(root, target) {
  mkdirSync(join(target, "packages"), { recursive: true });
  mkdirSync(join(target, "docs"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(target, "node_modules"), "junction");
  for (const folder of ["spec", ...generatingFolders]) {
    cpSync(join(root, folder), join(target, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => path.includes("node_modules") || !leftOut.has(basename(path)),
    });
  }
  for (const file of ["package.json", "tsconfig.base.json"]) cpSync(join(root, file), join(target, file));
}

/**
 * Runs every `generate` script there, without pnpm: its checks of the installation don't fit a copy.
 *
 * @throws Error with the output of the script that failed.
 */
export function generateIn(target) {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  for (const folder of generatingFolders) {
    const cwd = join(target, folder);
    if (!existsSync(cwd)) throw new Error(`${cwd} is missing`);
    const { status, stdout, stderr, error } = spawnSync(process.execPath, ["--run", "generate"], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, PATH: path },
    });
    if (status !== 0) throw new Error(`generate in ${folder} failed: ${error?.message ?? ""}\n${stdout}${stderr}`);
  }
}
