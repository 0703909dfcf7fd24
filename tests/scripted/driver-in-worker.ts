/** A worker that asks one question by a driver of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { auth, driver } from "@fulgur/neo4j-driver";

await using db = driver(workerData.uri, auth.none());
const { records } = await db.executeQuery<{ n: number }>("RETURN 1 AS n");
parentPort?.postMessage(records.map((record) => record.get("n")));
