/** The `fulgur` program, as Node's arguments: as it is built, or its sources where they are asked for. */
import { fileURLToPath } from "node:url";

const library = import.meta.resolve("@fulgur/neo4j-ingest");

export const program: readonly string[] = library.endsWith(".ts")
  ? ["--conditions=@fulgur/source", fileURLToPath(new URL("command/fulgur.ts", library))]
  : [fileURLToPath(new URL("../bin/fulgur.js", library))];
