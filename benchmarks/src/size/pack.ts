import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** pnpm is the workspace's, whether a script of its started this or not. */
const env = { ...process.env, PATH: [join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter) };

function run(command: string, args: readonly string[], cwd: string): void {
  const shell = process.platform === "win32";
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, shell, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stdout + stderr}`);
}

/** Packs packages as they would be published, and unpacks them in a folder's node_modules. */
export function installPacked(packages: readonly string[], folder: string): void {
  const scope = join(folder, "node_modules", "@fulgur");
  mkdirSync(scope, { recursive: true });
  for (const name of packages) {
    const unpacked = join(folder, name);
    mkdirSync(unpacked);
    run("pnpm", ["pack", "--pack-destination", unpacked], join(root, "packages", name));
    const tarball = readdirSync(unpacked).find((file) => file.endsWith(".tgz")) as string;
    run("tar", ["-xzf", tarball], unpacked);
    renameSync(join(unpacked, "package"), join(scope, `neo4j-${name}`));
    rmSync(unpacked, { recursive: true });
  }
}
