// Fulgur's codec alone in a fresh process. See start.mjs.
import { start } from "./start.mjs";

await start(async () => (await import("./fulgur-reader.mjs")).reader());
