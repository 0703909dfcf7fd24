import { readFileSync } from "node:fs";

/** The version of this package, as its package.json says it. */
export function version(): string {
  // Its folder holds the sources in src/command, and the build in dist.
  for (const up of ["../", "../../"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), "utf8"));
      if (name === "@fulgur/neo4j-ingest") return version;
    } catch {}
  }
  return "unknown";
}
