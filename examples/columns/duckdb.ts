/**
 * DuckDB in this process: its build for WebAssembly, which takes and gives tables of Apache Arrow. Its native package for Node,
 * `@duckdb/node-api`, takes none from JavaScript.
 */
import { fileURLToPath } from "node:url";
import { createDuckDB, NODE_RUNTIME, VoidLogger } from "@duckdb/duckdb-wasm/blocking";

const moduleOf = (build: string) => fileURLToPath(import.meta.resolve(`@duckdb/duckdb-wasm/dist/duckdb-${build}.wasm`));

export async function openDuckDB() {
  const builds = {
    mvp: { mainModule: moduleOf("mvp"), mainWorker: "" },
    eh: { mainModule: moduleOf("eh"), mainWorker: "" },
  };
  const database = await createDuckDB(builds, new VoidLogger(), NODE_RUNTIME);
  await database.instantiate();
  return database.connect();
}
