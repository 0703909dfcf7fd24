// A program that starts a server and never stops it: killed by a test, or left to end by itself.
import { once } from "node:events";
import { startNeo4j } from "../src/index.ts";

const server = await startNeo4j({ auth: false });
process.stdout.write(`${JSON.stringify({ pid: server.pid, home: server.home, port: server.port })}\n`);
// Nothing of the server may keep this process alive; only the test's wish does.
if (process.argv[2] === "stay") setInterval(() => {}, 60_000);
if (process.argv[2] === "restart") {
  // Not before the test has its connection, which is to see the crash.
  await once(process.stdin, "data");
  await server.restart({ crash: true });
}
