import { existsSync } from "node:fs";
import { choose } from "./choice.ts";
import { findProgram } from "./command.ts";
import { Neo4jStartError } from "./failure.ts";
import { jarFolder, mavenMissing } from "./jars.ts";
import type { Java } from "./java.ts";
import type { Neo4jVersion } from "./releases.ts";

/** What this machine can run, so that a test can decide and say why it skips. */
export interface Neo4jSupport {
  readonly available: boolean;
  /** Why not: what is missing and how to get it. Only when not available. */
  readonly reason?: string;
  /** The Java that would run it. */
  readonly java?: Java;
  /** The full version that would run, such as `2026.09.0`. */
  readonly version?: string;
  /** Every Bolt version that it speaks, oldest first: the values that `boltVersion` takes. */
  readonly boltVersions?: readonly string[];
}

/** Tells whether `startNeo4j({ version })` has what it needs, without fetching or starting anything. */
export async function neo4jSupport(
  options: { readonly version?: Neo4jVersion | "auto"; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Neo4jSupport> {
  const env = options.env ?? process.env;
  try {
    const { release, pin, java } = await choose(options.version ?? "auto", env);
    const facts = { java, version: pin.version, boltVersions: release.boltVersions };
    if (!existsSync(jarFolder(pin, env)) && (await findProgram("mvn", env)) === undefined) {
      return { available: false, reason: mavenMissing(release, pin), ...facts };
    }
    return { available: true, ...facts };
  } catch (error) {
    if (error instanceof Neo4jStartError && error.reason === "java-missing")
      return { available: false, reason: error.message };
    throw error;
  }
}
