import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** PATH without the workspace's own bins: the user's Node and npm, not the ones that the scripts run with. */
const userPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

const userNode = userPath
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((path) => existsSync(path));

/** Runs a command; a failure's message holds what it printed. */
export async function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")}: ${message}\n${stdout}\n${stderr}`);
  }
}

/** Packs a package as it would be published. */
export async function pack(name: string, folder: string): Promise<string> {
  const out = await run("pnpm", ["pack", "--json", "--pack-destination", folder], join(root, "packages", name));
  const { filename } = JSON.parse(out.slice(out.indexOf("{"))) as { filename: string };
  return filename.startsWith("/") ? filename : join(folder, filename);
}

/** An empty npm project outside the workspace, run by the machine's own Node. */
export class Project {
  readonly folder: string;
  readonly node = userNode ?? process.execPath;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(name: string): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), `fulgur-install-${name}-`));
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, version: "1.0.0" }));
    return new Project(folder);
  }

  async install(tarballs: readonly string[]): Promise<void> {
    await this.#user("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs]);
  }

  async write(file: string, text: string): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  /** Runs a script with the user's Node and answers what it printed. */
  runScript(file: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    return this.#user(this.node, [file], env);
  }

  /** Runs a program that a package brought, with the user's Node, and answers what it printed. */
  runBin(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return this.#user(join(this.folder, "node_modules", ".bin", name), args, env);
  }

  /** Throws if the user's Node can't read a script. */
  async check(file: string): Promise<void> {
    await this.#user(this.node, ["--check", file]);
  }

  nodeVersion(): Promise<string> {
    return this.#user(this.node, ["--version"]);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #user(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return run(command, args, this.folder, { ...env, PATH: userPath, NODE_OPTIONS: "", NODE_PATH: "" });
  }
}
