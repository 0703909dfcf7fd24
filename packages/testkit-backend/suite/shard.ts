/** One worker's process: the backend, and beside it the Python that runs tests against it. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startBackend } from "../src/server.ts";
import { ready } from "./outcome.ts";

const [python = "python3"] = process.argv.slice(2);
const server = await startBackend(0, "127.0.0.1");
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
// Whoever waits for it knows that the driver and the backend could be loaded.
console.log(ready);
const worker = spawn(python, ["-W", "ignore", fileURLToPath(new URL("worker.py", import.meta.url)), "run"], {
  stdio: "inherit",
  env: {
    ...process.env,
    PYTHONDONTWRITEBYTECODE: "1",
    TEST_BACKEND_HOST: "127.0.0.1",
    TEST_BACKEND_PORT: String(port),
  },
});
worker.on("exit", (status) => process.exit(status ?? 1));
