/** Starts the backend on BACKEND_HOST and BACKEND_PORT; the suite's own defaults are 127.0.0.1 and 9876. */
import { startBackend } from "./server.ts";

const { BACKEND_HOST: host = "127.0.0.1", BACKEND_PORT: port = "9876" } = process.env;
await startBackend(Number(port), host);
console.log(`The backend listens on ${host}:${port}.`);
