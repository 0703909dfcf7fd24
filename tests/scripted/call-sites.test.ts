/** Where an error comes from: its stack has the line of the program that asked for what failed, at whatever step it failed. */
import {
  type Driver,
  driver,
  type ManagedWork,
  resultTransformers,
  type Session,
  type Transaction,
} from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

const code = "Neo.ClientError.General.Unknown";

/** Answers everything, but `failing` with a failure, and what follows it as servers do. */
const failsAt = (failing: string) => async (peer: ScriptedPeer) => {
  let hasFailed = false;
  for (let request = await peer.receiveAny(); request !== undefined; request = await peer.receiveAny()) {
    if (request.type === "RESET") hasFailed = false;
    if (hasFailed) peer.ignored();
    else if (request.type === failing) {
      hasFailed = true;
      peer.failure(code);
    } else if (request.type === "RUN") peer.success({ fields: ["n"] });
    else if (request.type === "PULL") {
      peer.record([1]);
      peer.record([2]);
      peer.success({ type: "r" });
    } else if (request.type === "HELLO") peer.success({ server: "Neo4j/5.0.0", connection_id: "bolt-1" });
    else peer.success();
  }
};

type Call = (db: Driver, session: Session) => PromiseLike<unknown>;

const oneQuery: ManagedWork<unknown> = async (tx) => (await tx.run("RETURN 1")).records.length;

/** Each way to ask for something, in a function of its own, whose name is in the stack then. */
const calls: { readonly [name: string]: Call } = {
  viaExecuteQuery: (db) => db.executeQuery("RETURN 1"),
  viaReadingExecuteQuery: (db) => db.executeQuery("RETURN 1", {}, { routing: "READ" }),
  viaRun: (_, session) => session.run("RETURN 1"),
  viaBeginTransaction: (_, session) => session.beginTransaction(),
  viaExecuteRead: (_, session) => session.executeRead(oneQuery),
  viaExecuteWrite: (_, session) => session.executeWrite(oneQuery),
  viaVerifyConnectivity: (db) => db.verifyConnectivity(),
  viaSingle: (db) => db.executeQuery("RETURN 1", {}, { resultTransformer: resultTransformers.single() }),
};

/** At which steps each of them may fail. */
const steps = {
  viaExecuteQuery: ["LOGON", "BEGIN", "RUN", "PULL", "COMMIT"],
  viaReadingExecuteQuery: ["LOGON", "BEGIN", "RUN", "PULL", "COMMIT"],
  viaRun: ["LOGON", "RUN", "PULL"],
  viaBeginTransaction: ["LOGON", "BEGIN"],
  viaExecuteRead: ["LOGON", "BEGIN", "COMMIT"],
  viaExecuteWrite: ["LOGON", "BEGIN", "COMMIT"],
  viaVerifyConnectivity: ["LOGON"],
};
const failures = Object.entries(steps).flatMap(([name, failing]) => failing.map((step) => [name, step] as const));

/** The functions of this file in a stack. */
const ownFunctions = (error: Error) =>
  [...(error.stack ?? "").matchAll(/at (?:async )?(?:Object\.)?(\w+) \(.*call-sites\.test\.ts:\d+/g)].map(
    ([, name]) => name,
  );

async function transactionOf(session: Session): Promise<Transaction> {
  const transaction = await session.beginTransaction();
  await transaction.run("RETURN 1");
  return transaction;
}

describe("the stack of an error", () => {
  it.each(failures)("has the place of the call, %s, failed at %s", async (name, step) => {
    await play(failsAt(step), async (db) => {
      const error = await failureOf(calls[name]!(db, db.session()));
      expect(error.code).toBe(code);
      expect(ownFunctions(error)).toContain(name);
    });
  });

  it("has it, too, when nobody listens at the address", async () => {
    for (const [name, call] of Object.entries(calls)) {
      await using db = driver("bolt://127.0.0.1:1");
      expect(ownFunctions(await failureOf(call(db, db.session())))).toContain(name);
    }
  });

  it.each(["RUN", "PULL"])("has the place of the query in a transaction, failed at %s", async (step) => {
    await play(failsAt(step), async (db) => {
      const transaction = await db.session().beginTransaction();
      const viaQuery = () => transaction.run("RETURN 1");
      expect(ownFunctions(await failureOf(viaQuery()))).toContain("viaQuery");
    });
  });

  it.each(["commit", "rollback"] as const)("has the place of %s", async (end) => {
    await play(failsAt(end.toUpperCase()), async (db) => {
      const transaction = await transactionOf(db.session());
      const viaEnd = () => transaction[end]();
      const error = await failureOf(viaEnd());
      expect(error.code).toBe(code);
      expect(ownFunctions(error)).toContain("viaEnd");
    });
  });

  it("has the place of executeQuery when its transformer finds something wrong with the result", async () => {
    await play(failsAt("nothing"), async (db) => {
      const error = await failureOf(calls["viaSingle"]!(db, db.session()));
      expect(error.name).toBe("ResultNotSingleError");
      expect(ownFunctions(error)).toContain("viaSingle");
    });
  });
});
