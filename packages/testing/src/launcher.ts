import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { provide } from "./cache.ts";
import { runCommand } from "./command.ts";
import { Neo4jStartError } from "./failure.ts";
import { type Java, javaProgram } from "./java.ts";

const source = fileURLToPath(new URL("../launcher/Launcher.java", import.meta.url));

/**
 * The jar that starts a server, compiled by the JDK that will run it. Its manifest names Neo4j's jars, so that the command line stays
 * short and a class-data archive can be used (a class folder or a wildcard would forbid it).
 *
 * @throws Neo4jStartError `compile-failed`
 */
export async function launcherJar(
  jars: string,
  java: Java,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  const text = await readFile(source, "utf8");
  const hash = createHash("sha256").update(text).update(jars).update(java.home).digest("hex").slice(0, 10);
  const target = join(dirname(jars), `launcher-java${java.version}-${hash}.jar`);
  return provide(target, async (draft) => {
    log(`Compiling the launcher with Java ${java.version}`);
    const folder = `${draft}.classes`;
    try {
      const classes = join(folder, "classes");
      await mkdir(classes, { recursive: true });
      const names = (await readdir(jars)).filter((name) => name.endsWith(".jar")).sort();
      await compile(java, env, ["-d", classes, "-cp", join(jars, "*"), source]);
      const manifest = join(folder, "MANIFEST.MF");
      const prefix = relative(dirname(jars), jars).split(sep).join("/");
      await writeFile(manifest, manifestText(names.map((name) => `${prefix}/${encodeURIComponent(name)}`)));
      await run(java, "jar", env, [
        "--create",
        "--file",
        `${folder}/launcher.jar`,
        "--manifest",
        manifest,
        "-C",
        classes,
        ".",
      ]);
      await rename(`${folder}/launcher.jar`, draft);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function compile(java: Java, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  await run(java, "javac", env, ["-encoding", "UTF-8", "-nowarn", ...args]);
}

async function run(java: Java, program: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  const path = javaProgram(java, program);
  const result = await runCommand(path, args, { env, timeout: 120_000 });
  if (result.code === 0) return;
  const how = result.timedOut ? "took longer than 120 s" : `exited with code ${result.code}`;
  throw new Neo4jStartError("compile-failed", `The launcher could not be built: ${path} ${how}.\n${result.output}`);
}

/** A manifest allows 72 bytes a line; a longer one goes on after a space. */
function manifestText(classPath: readonly string[]): string {
  const lines: string[] = [];
  for (const line of ["Manifest-Version: 1.0", "Main-Class: Launcher", `Class-Path: ${classPath.join(" ")}`]) {
    lines.push(line.slice(0, 70));
    for (let at = 70; at < line.length; at += 69) lines.push(` ${line.slice(at, at + 69)}`);
  }
  return `${lines.join("\n")}\n`;
}
