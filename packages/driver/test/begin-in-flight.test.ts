/** BEGIN that leaves with the work's first query. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

function serverWith(): ScriptedServer {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(3) });
  return server;
}

describe("a managed transaction with beginInFlight", () => {
  it("sends BEGIN, its first query and PULL in one write, and without it one after the other (TX-17)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const { records } = await session.executeWrite((tx) => tx.run("Q"), { beginInFlight: true });
    expect(records).toHaveLength(3);
    expect(server.flights.slice(-2)).toEqual([["BEGIN", "RUN", "PULL"], ["COMMIT"]]);
    await session.executeRead((tx) => tx.run("Q"));
    expect(server.flights.slice(-3)).toEqual([["BEGIN"], ["RUN", "PULL"], ["COMMIT"]]);
  });

  it("is committed also where the work runs nothing", async () => {
    const server = serverWith();
    expect(
      await driverOf(server)
        .driver.session()
        .executeWrite(() => 7, { beginInFlight: true }),
    ).toBe(7);
    expect(server.talk).toEqual(["BEGIN", "COMMIT"]);
  });

  it("is tried again when BEGIN can't be had, and the work is called for each attempt (TX-22)", async () => {
    const server = serverWith();
    const { driver, clock } = driverOf(server);
    await driver.verifyConnectivity();
    let left = 2;
    server.intercept = (request, peer) => {
      if (request.type !== "BEGIN" || left-- <= 0) return false;
      peer.drop();
      return true;
    };
    let calls = 0;
    const work = driver.session().executeWrite(
      async (tx) => {
        calls++;
        return (await tx.run("Q")).records.length;
      },
      { beginInFlight: true },
    );
    await clock.advance(20_000);
    expect([await work, calls]).toEqual([3, 3]);
    expect(server.of("COMMIT")).toHaveLength(1);
  });

  it("is what BEGIN failed with, for the work and its caller, and the session goes on (TX-32)", async () => {
    const server = serverWith();
    server.intercept = (request, peer) => {
      if (request.type !== "BEGIN" || server.of("BEGIN").length > 1) return false;
      peer.fail({ code: "Neo.ClientError.Database.DatabaseNotFound" });
      return true;
    };
    const session = driverOf(server).driver.session();
    let met: unknown;
    const failed = session.executeWrite(
      async (tx) => {
        await tx.run("Q").catch((error: unknown) => {
          met = error;
          throw error;
        });
      },
      { beginInFlight: true },
    );
    await expect(failed).rejects.toMatchObject({ code: "Neo.ClientError.Database.DatabaseNotFound" });
    expect(met).toMatchObject({ code: "Neo.ClientError.Database.DatabaseNotFound" });
    expect(server.of("COMMIT")).toEqual([]);
    expect((await session.run("Q")).records).toHaveLength(3);
  });

  it("is rolled back when its first query can't be sent, and nothing of it runs (QRY-07)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const failed = session.executeWrite((tx) => tx.run("Q", { a: Symbol("s") }), { beginInFlight: true });
    await expect(failed).rejects.toBeInstanceOf(ParameterError);
    expect(server.of("RUN")).toEqual([]);
    expect(server.of("COMMIT")).toEqual([]);
    expect((await session.run("Q")).records).toHaveLength(3);
  });

  it("takes true or false, and nothing else", async () => {
    const session = driverOf(serverWith()).driver.session();
    const bad = { beginInFlight: "yes" } as never;
    await expect(session.executeRead(() => 1, bad)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(session.run("Q", {}, { beginInFlight: true } as never)).rejects.toThrow(/beginInFlight/);
    expect(await session.executeRead(() => 1, { beginInFlight: false })).toBe(1);
  });
});
