/** Who keeps the books while servers fall over: what was committed must be there once, what failed must not. */
import { auth, type Config, type Driver, driver, IncompleteCommit } from "@fulgur/neo4j-driver";
import type { Neo4j } from "@fulgur/neo4j-testing";
import { type Proxy, startProxy } from "./proxy.ts";

export interface LedgerOptions {
  /** How often the server is restarted: in order and by a crash, in turn. */
  readonly restarts: number;
  /** How many connections are cut, besides those that a restart ends. */
  readonly cuts: number;
  /** How many write at once, half of them routed. */
  readonly writers: number;
  /** How many writes end between two cuts, and between a restart and a cut. */
  readonly calm: number;
  readonly log?: (line: string) => void;
}

export interface LedgerFigures {
  readonly restarts: number;
  readonly crashes: number;
  readonly cuts: number;
  /** Writes that were begun. */
  readonly attempted: number;
  /** Those of which the driver said that they are committed. */
  readonly committed: number;
  /** Attempts beyond the first one of a write. */
  readonly retried: number;
  /** Those that ended in IncompleteCommit; each was looked up afterwards, and is there or not. */
  readonly inDoubt: number;
  readonly inDoubtThere: number;
  /** Those that failed for good, in the time for retries. */
  readonly failed: number;
  /** Committed, and not there. */
  readonly lost: number;
  /** There more than once. */
  readonly doubled: number;
  /** By how much a counter that each write raises is off what is there: of transactions that took place in part. */
  readonly inPart: number;
  /** Failed without a doubt, and there. */
  readonly undead: number;
  /** Of the names of errors that weren't IncompleteCommit. */
  readonly failures: Readonly<Record<string, number>>;
  /** Queries at once after it all, each of which succeeded. */
  readonly afterwards: number;
  /** Connections that were open after the drivers were closed. */
  readonly leftOpen: number;
}

type Outcome = "committed" | "in doubt" | "failed";

/** Writes through a proxy while connections are cut and the server is restarted; then compares the books with the database. */
export async function keepLedger(server: Neo4j, options: LedgerOptions): Promise<LedgerFigures> {
  const { log = () => {} } = options;
  await using proxy = await startProxy(server);
  const books = new Map<string, Outcome>();
  const failures: Record<string, number> = {};
  let attempts = 0;
  let isOver = false;

  const config: Config = {
    maxConnectionPoolSize: options.writers,
    connectionTimeout: 5_000,
    loginTimeout: 5_000,
    connectionAcquisitionTimeout: 60_000,
  };
  const token = auth.basic(server.username, server.password);
  const address = `127.0.0.1:${proxy.port}`;
  const drivers = [
    driver(`bolt://${address}`, token, config),
    // The routing table names the server itself; the way there is through the proxy.
    driver(`neo4j://${address}`, token, { ...config, resolver: () => address }),
  ];

  const write = async (db: Driver, id: string) => {
    const session = db.session();
    try {
      await session.executeWrite(async (tx) => {
        attempts++;
        await tx.run("CREATE (:Entry {id: $id})", { id });
        await tx.run("MATCH (c:Counter) SET c.value = c.value + 1");
      });
      books.set(id, "committed");
    } catch (error) {
      const isInDoubt = error instanceof IncompleteCommit;
      books.set(id, isInDoubt ? "in doubt" : "failed");
      const name = (error as Error).name;
      if (!isInDoubt) failures[name] = (failures[name] ?? 0) + 1;
    } finally {
      await session.close();
    }
  };
  await Promise.all(drivers.map((db) => db.verifyConnectivity()));
  await drivers[0]!.executeQuery("CREATE (:Counter {value: 0})");
  const writing = Promise.all(
    Array.from({ length: options.writers }, async (_, writer) => {
      for (let number = 0; !isOver; number++) await write(drivers[writer % 2]!, `${writer}-${number}`);
    }),
  );

  const { cuts, crashes } = await trouble(server, proxy, options, () => books.size, log);
  isOver = true;
  await writing;
  const afterwards = await Promise.all(
    drivers.flatMap((db) => Array.from({ length: 50 }, () => db.executeQuery("RETURN 1"))),
  );
  const { there, counter } = await inTheDatabase(drivers[0]!);
  await Promise.all(drivers.map((db) => db.close()));
  for (let turns = 0; proxy.open > 0 && turns < 1000; turns++) await new Promise((resolve) => setImmediate(resolve));

  const of = (outcome: Outcome) => [...books].filter(([, one]) => one === outcome).map(([id]) => id);
  const found = [...there.values()].reduce((all, times) => all + times, 0);
  return {
    restarts: options.restarts,
    crashes,
    cuts,
    attempted: books.size,
    committed: of("committed").length,
    retried: attempts - books.size,
    inDoubt: of("in doubt").length,
    inDoubtThere: of("in doubt").filter((id) => there.has(id)).length,
    failed: of("failed").length,
    lost: of("committed").filter((id) => !there.has(id)).length,
    doubled: [...there.values()].filter((times) => times > 1).length,
    inPart: Math.abs(counter - found),
    undead: of("failed").filter((id) => there.has(id)).length,
    failures,
    afterwards: afterwards.length,
    leftOpen: proxy.open,
  };
}

/** Restarts the server as often as asked for, and cuts connections between two restarts, always under load. */
async function trouble(
  server: Neo4j,
  proxy: Proxy,
  { restarts, cuts: wanted, calm }: LedgerOptions,
  written: () => number,
  log: (line: string) => void,
): Promise<{ cuts: number; crashes: number }> {
  let cuts = 0;
  let crashes = 0;
  for (let round = 0; round <= restarts; round++) {
    const goal = Math.ceil((wanted * (round + 1)) / (restarts + 1));
    for (let at = written(); cuts < goal; at = written()) {
      await until(() => written() > at + calm && proxy.open > 0);
      cuts += proxy.cut(cuts % 2 === 0 ? "reset" : "end", 1 + (cuts % 3));
    }
    if (round === restarts) break;
    const before = written();
    await until(() => written() > before + calm);
    const crash = round % 2 === 1;
    await server.restart({ crash });
    if (crash) crashes++;
    log(`restart ${round + 1} (${crash ? "crash" : "in order"}): ${written()} writes, ${cuts} cuts`);
    const after = written();
    await until(() => written() > after + calm);
  }
  return { cuts, crashes };
}

async function inTheDatabase(db: Driver): Promise<{ there: Map<string, number>; counter: number }> {
  const { records } = await db.executeQuery<{ id: string; times: number }>(
    "MATCH (e:Entry) RETURN e.id AS id, count(*) AS times",
  );
  const counted = await db.executeQuery<{ value: number }>("MATCH (c:Counter) RETURN c.value AS value");
  return {
    there: new Map(records.map((record) => [record.get("id"), record.get("times")])),
    counter: counted.records[0]!.get("value"),
  };
}

/** Asks once in each turn of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}
