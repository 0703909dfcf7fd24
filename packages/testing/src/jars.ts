import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, provide } from "./cache.ts";
import { findProgram, runCommand } from "./command.ts";
import { Neo4jStartError } from "./failure.ts";
import type { Java } from "./java.ts";
import type { PinnedRelease, Release } from "./releases.ts";

const fetchTimeout = 15 * 60_000;

/** The folder that a pinned release's jars have, or will have, in the cache. */
export function jarFolder(pin: PinnedRelease, env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), `neo4j-${pin.version}`, `jars-${pin.hash}`);
}

/**
 * The folder with a release's jars; the first call ever fetches them with Maven.
 *
 * @throws Neo4jStartError `maven-missing`, `fetch-failed`
 */
export function fetchJars(
  release: Release,
  pin: PinnedRelease,
  java: Java,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  return provide(jarFolder(pin, env), async (draft) => {
    const maven = await findProgram("mvn", env);
    if (maven === undefined) throw new Neo4jStartError("maven-missing", mavenMissing(release, pin));
    log(`Fetching Neo4j ${pin.version} Community (GPLv3, about ${release.megabytes} MB, once) with Maven`);
    const args = ["--batch-mode", "--quiet", "-Dstyle.color=never", "--file", pin.pom];
    args.push("dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${draft}`);
    const result = await runCommand(maven, args, { env: { ...env, JAVA_HOME: java.home }, timeout: fetchTimeout });
    if (result.code !== 0) throw new Neo4jStartError("fetch-failed", fetchFailed(pin, maven, result));
    const jars = await readdir(draft).catch((): string[] => []);
    if (!jars.includes(`neo4j-bolt-${pin.version}.jar`)) {
      throw new Neo4jStartError(
        "fetch-failed",
        `Maven (${maven}) reported success but left no jars of Neo4j ${pin.version} in ${draft}.`,
      );
    }
  });
}

/** One sentence per thing to do when Maven isn't there. */
export function mavenMissing(release: Release, pin: PinnedRelease): string {
  return (
    `Maven is missing: no "mvn" in PATH. It fetches Neo4j ${pin.version} (about ${release.megabytes} MB) into the cache once. ` +
    "Install Maven 3.8 or newer (Debian, Ubuntu: apt install maven; Fedora: dnf install maven; macOS: brew install maven; Windows: choco install maven)."
  );
}

function fetchFailed(
  pin: PinnedRelease,
  maven: string,
  result: { readonly timedOut: boolean; readonly code: number | null; readonly output: string },
): string {
  const how = result.timedOut
    ? `did not finish within ${fetchTimeout / 60_000} minutes`
    : `exited with code ${result.code}`;
  return `Maven (${maven}) could not fetch Neo4j ${pin.version}: it ${how}. Check the network and Maven's settings.xml (proxy, mirror). Its output:\n${result.output}`;
}
