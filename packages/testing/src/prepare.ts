import { classArchive } from "./archive.ts";
import { type Choice, choose } from "./choice.ts";
import { fetchJars } from "./jars.ts";
import { launcherJar } from "./launcher.ts";
import type { StartOptions } from "./options.ts";

/** What a start needs from the cache. */
export interface Prepared extends Choice {
  readonly jar: string;
  /** Undefined when not wanted or when Java could not write one. */
  readonly archive: string | undefined;
}

/**
 * Does what only the first start ever has to do (fetching the jars, compiling the launcher, preparing the class-data archive), so that
 * a program can show it as a step of its own and tests can keep it out of their time limits. `startNeo4j` calls it by itself.
 *
 * @throws Neo4jStartError `bad-option`, `java-missing`, `maven-missing`, `fetch-failed`, `compile-failed`
 */
export async function prepareNeo4j(
  options: Pick<StartOptions, "version" | "fast" | "log" | "env"> = {},
): Promise<void> {
  const choice = await choose(options.version ?? "auto", options.env ?? process.env);
  await prepare(choice, options);
}

export async function prepare(choice: Choice, options: Pick<StartOptions, "fast" | "log" | "env">): Promise<Prepared> {
  const { release, pin, java } = choice;
  const env = options.env ?? process.env;
  const log = options.log ?? (() => {});
  const jars = await fetchJars(release, pin, java, env, log);
  const jar = await launcherJar(jars, java, env, log);
  const archive =
    options.fast === false ? undefined : await classArchive(release, java, jar, titleOf(choice), env, log);
  return { ...choice, jar, archive };
}

/** How messages call a server. */
export function titleOf({ pin, java }: Choice): string {
  return `Neo4j ${pin.version} (Java ${java.version})`;
}
