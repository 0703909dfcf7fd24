/** What drivers, sessions, transactions and results print: one line that says what they are about, and no secret. */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

function driverWith(rows: number) {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(rows) });
  server.answers.set("fails", { fails: { code: "Neo.ClientError.General.Foo" } });
  return driverOf(server).driver;
}

describe("the inspector's line", () => {
  it("of a driver has its address and whether it is closed", async () => {
    const driver = driverWith(1);
    expect(inspect(driver)).toMatch(/^Driver\(bolt:\/\/[\w.:]+, open\)$/);
    await driver.close();
    expect(inspect(driver)).toMatch(/, closed\)$/);
  });

  it("of a session has its database and what it is doing", async () => {
    const driver = driverWith(1);
    expect(inspect(driver.session())).toBe("Session(open)");
    const session = driver.session({ database: "films" });
    const transaction = await session.beginTransaction();
    expect(inspect(session)).toBe('Session(database "films", in a transaction)');
    await transaction.close();
    await session.close();
    expect(inspect({ session })).toContain('Session(database "films", closed)');
  });

  it("of a transaction has what became of it", async () => {
    const session = driverWith(1).session();
    const done = await session.beginTransaction();
    expect(inspect(done)).toBe("Transaction(open)");
    await done.commit();
    expect(inspect(done)).toBe("Transaction(committed)");
    const failing = await session.beginTransaction();
    await expect(failing.run("fails")).rejects.toThrow();
    expect(inspect(failing)).toBe("Transaction(failed)");
    await failing.close();
    const undone = await session.beginTransaction();
    await undone.rollback();
    expect(inspect(undone)).toBe("Transaction(rolled back)");
  });

  it("of a result has its query's beginning and whether something is left, never a parameter", async () => {
    const session = driverWith(2).session();
    const result = session.run("Q", { secret: "a-secret-value" });
    expect(inspect(result)).toBe('Result("Q", open)');
    expect(await result.fetch(2)).toHaveLength(2);
    expect(await result.next()).toMatchObject({ done: true });
    expect(inspect(result)).toBe('Result("Q", read)');
    const { server } = await result.consume();
    expect(inspect({ server })).toContain("protocolVersion: ProtocolVersion(");
    expect(inspect(result)).toBe('Result("Q", closed)');
    const failing = session.run("fails");
    await expect(failing.consume()).rejects.toThrow();
    expect(inspect(failing)).toBe('Result("fails", failed)');
    const long = session.run("Q".repeat(500));
    expect(inspect(long).length).toBeLessThan(200);
    await long;
  });
});
