// Fulgur in a fresh process: the driver's import, then its codec's first record and first buffer. See start.mjs.
import { start } from "./start.mjs";

await start(async () => {
  await import("@fulgur/neo4j-driver");
  return (await import("./fulgur-reader.mjs")).reader();
});
