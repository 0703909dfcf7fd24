import { constants } from "node:fs";
import { access, readdir, readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { findProgram, runCommand } from "./command.ts";

const ending = process.platform === "win32" ? ".exe" : "";

/** A Java installation on this machine. */
export interface Java {
  /** Its folder, as JAVA_HOME would name it. */
  readonly home: string;
  /** The full version, such as `25.0.3`. */
  readonly version: string;
  /** The feature release, such as 25. */
  readonly major: number;
  /** False for a mere runtime, which can't compile the launcher. */
  readonly compiler: boolean;
}

/** The path of a program of this Java, such as `java` or `javac`. */
export function javaProgram(java: Java, name: string): string {
  return join(java.home, "bin", name + ending);
}

/**
 * Every Java that can be found: JAVA_HOME first, then PATH, then the folders where systems put them.
 *
 * @param folders the usual folders; each of their children may be an installation. A test passes its own.
 */
export async function findJavas(env: NodeJS.ProcessEnv, folders = usualFolders(env)): Promise<readonly Java[]> {
  const homes: string[] = [];
  if (env["JAVA_HOME"]) homes.push(env["JAVA_HOME"]);
  const inPath = await homeOfProgram(env);
  if (inPath !== undefined) homes.push(inPath);
  for (const folder of folders) {
    for (const child of (await readdir(folder).catch(() => [])).sort()) {
      homes.push(
        join(folder, child),
        join(folder, child, "Contents", "Home"),
        join(folder, child, "libexec", "openjdk.jdk", "Contents", "Home"),
      );
    }
  }
  const found = new Map<string, Java>();
  for (const home of homes) {
    const java = await inspect(home, env);
    if (java !== undefined && !found.has(java.home)) found.set(java.home, java);
  }
  return [...found.values()];
}

/** The one to use: a JDK of a supported version in the order found, else any JDK that is new enough. */
export function chooseJava(
  javas: readonly Java[],
  needs: { readonly minimumJava: number; readonly supportedJava: readonly number[] },
): Java | undefined {
  const fit = javas.filter((java) => java.compiler && java.major >= needs.minimumJava);
  return fit.find((java) => needs.supportedJava.includes(java.major)) ?? fit[0];
}

/** What was found, for the message of an error. */
export function describeJavas(javas: readonly Java[]): string {
  if (javas.length === 0) return "no Java";
  return javas
    .map((java) => `Java ${java.version} in ${java.home}${java.compiler ? "" : " (without a compiler)"}`)
    .join(", ");
}

function usualFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const home = homedir();
  const everywhere = [join(home, ".sdkman", "candidates", "java"), join(home, ".jdks")];
  switch (process.platform) {
    case "darwin":
      return [
        "/Library/Java/JavaVirtualMachines",
        join(home, "Library/Java/JavaVirtualMachines"),
        "/opt/homebrew/opt",
        "/usr/local/opt",
        ...everywhere,
      ];
    case "win32": {
      const programs = env["ProgramFiles"] ?? "C:\\Program Files";
      return ["Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto"]
        .map((name) => join(programs, name))
        .concat(everywhere);
    }
    default:
      return ["/usr/lib/jvm", "/usr/java", "/opt/java", "/opt/jdk", ...everywhere];
  }
}

async function homeOfProgram(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const program = await findProgram("java", env);
  if (program === undefined) return undefined;
  const home = dirname(dirname(await realpath(program)));
  if (await readRelease(home)) return home;
  // A shim of a version manager, or a stub: Java itself knows where it lives.
  const asked = await runCommand(program, ["-XshowSettings:properties", "-version"], { env, timeout: 20_000 }).catch(
    () => undefined,
  );
  return /^\s*java\.home = (.+?)\s*$/m.exec(asked?.output ?? "")?.[1];
}

async function inspect(home: string, env: NodeJS.ProcessEnv): Promise<Java | undefined> {
  const program = join(home, "bin", `java${ending}`);
  if (!(await exists(program))) return undefined;
  const version = (await readRelease(home)) ?? (await askVersion(program, env));
  if (version === undefined) return undefined;
  const [first = "", second = ""] = version.split(/[._-]/);
  const major = Number(first === "1" ? second : first);
  if (!Number.isInteger(major)) return undefined;
  return { home: await realpath(home), version, major, compiler: await exists(join(home, "bin", `javac${ending}`)) };
}

async function readRelease(home: string): Promise<string | undefined> {
  const text = await readFile(join(home, "release"), "utf8").catch(() => "");
  return /^JAVA_VERSION="([^"]+)"/m.exec(text)?.[1];
}

async function askVersion(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const asked = await runCommand(program, ["-version"], { env, timeout: 20_000 }).catch(() => undefined);
  return /version "([^"]+)"/.exec(asked?.output ?? "")?.[1];
}

function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
