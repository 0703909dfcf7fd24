/** The programs of peers/: how each is built (into a cache folder of the user) and started, or why it can't be. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A way to start a program; its arguments follow: port, mode, workload, count, fetch size. */
export interface Language {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const peers = fileURLToPath(new URL("../../peers/", import.meta.url));
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "fulgur", "benchmarks");
mkdirSync(cache, { recursive: true });

/** Runs a command to its end; what it says on failure is the reason. */
function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", ...options });
  if (error !== undefined) throw new Error(`${command}: ${(error as NodeJS.ErrnoException).code ?? error.message}`);
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${(stderr || stdout).trim().split("\n").at(-1)}`);
  return (stdout + stderr).trim();
}

export function nodeProgram(command: string, version: string, driver: "fulgur" | "npm"): Language {
  const name = driver === "npm" ? "npm neo4j-driver" : "fulgur";
  return { name: `${name}, Node ${version}`, command, args: [join(peers, "node", `${driver}.mjs`)] };
}

function python(name: string, distribution: string): Language {
  const folder = join(cache, distribution);
  const command = join(folder, "bin", "python");
  if (!existsSync(join(folder, "ready"))) {
    run("python3", ["-m", "venv", folder]);
    run(command, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", distribution]);
    mkdirSync(join(folder, "ready"));
  }
  const version = run(command, ["-c", "import neo4j; print(neo4j.__version__)"]);
  return { name: `${name} ${version}`, command, args: [join(peers, "python", "replay.py")] };
}

function go(): Language {
  const command = join(cache, "go-replay");
  run("go", ["build", "-o", command, "."], { cwd: join(peers, "go") });
  return { name: "Go driver 5.28.4", command, args: [] };
}

function newestJava(): string {
  const homes = "/usr/lib/jvm";
  const found = [
    process.env["JAVA_HOME"],
    ...(existsSync(homes) ? readdirSync(homes).map((name) => join(homes, name)) : []),
  ]
    .filter((home): home is string => home !== undefined && existsSync(join(home, "bin", "javac")))
    .map((home) => ({
      home,
      version: Number(/version "(\d+)/.exec(run(join(home, "bin", "java"), ["-version"]))?.[1]),
    }));
  const newest = found.sort((a, b) => b.version - a.version)[0];
  return newest?.home ?? "";
}

function java(): Language {
  const home = newestJava();
  const tool = (name: string) => (home === "" ? name : join(home, "bin", name));
  const version = /version "(\d+)/.exec(run(tool("java"), ["-version"]))?.[1];
  const jars = join(cache, "java-jars");
  const classes = join(cache, `java-classes-${version}`);
  if (!existsSync(jars)) {
    run("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${jars}`], { cwd: join(peers, "java") });
  }
  const path = [classes, join(jars, "*")].join(delimiter);
  run(tool("javac"), ["-d", classes, "-cp", join(jars, "*"), join(peers, "java", "Replay.java")]);
  return { name: `Java driver 6.2.1, Java ${version}`, command: tool("java"), args: ["-cp", path, "Replay"] };
}

const others = {
  go,
  java,
  "python-rust": () => python("Python driver with Rust", "neo4j-rust-ext"),
  python: () => python("Python driver", "neo4j"),
};

/** The programs in other languages, or those of them that are wanted, where their tools are; the others' absence is told with its reason. */
export function otherLanguages(wanted = Object.keys(others) as (keyof typeof others)[]): {
  readonly [Name in keyof typeof others]?: Language;
} {
  const found: { -readonly [Name in keyof typeof others]?: Language } = {};
  for (const name of wanted) {
    try {
      found[name] = others[name]();
    } catch (error) {
      console.log(`Left out: the ${name} driver (${(error as Error).message})`);
    }
  }
  return found;
}
