/** TELEMETRY: which use of the driver is reported, to whom, and how often. */
import type { Driver } from "@fulgur/neo4j-driver";
import type { Conversation } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failingTransaction, transaction } from "./exchanges.ts";
import { hurryRetries, type Play, play } from "./play.ts";

describe("TELEMETRY", () => {
  const wanted = { hints: { "telemetry.enabled": true } };

  const calls: [number, string, (db: Driver) => Promise<unknown>][] = [
    [0, "executeRead", (db) => db.session().executeRead((tx) => tx.run("RETURN 1"))],
    [0, "executeWrite", (db) => db.session().executeWrite((tx) => tx.run("RETURN 1"))],
    [
      1,
      "beginTransaction",
      async (db) => {
        const tx = await db.session().beginTransaction();
        await tx.run("RETURN 1");
        await tx.commit();
      },
    ],
    [2, "run", async (db) => (await db.session().run("RETURN 1")).summary],
    [3, "executeQuery", (db) => db.executeQuery("RETURN 1")],
  ];

  it.each(calls)("reports %i for %s, before anything else (DRV-34)", async (api, name, call) => {
    await play(
      async (peer) => {
        await peer.login(wanted);
        expect((await peer.accept("TELEMETRY")).api).toBe(api);
        if (name === "run") await peer.result();
        else await transaction(peer);
        await peer.closed();
      },
      call,
      { version: "5.4" },
    );
  });

  it.each<[string, Record<string, unknown>, Play]>([
    ["the server doesn't ask for it", {}, {}],
    ["the server asks not to", { hints: { "telemetry.enabled": false } }, {}],
    ["it is disabled", wanted, { config: { telemetryDisabled: true } }],
    ["the version doesn't know it", wanted, { version: "5.3" }],
  ])("is not sent when %s (DRV-34)", async (_, hello, options) => {
    const script: Conversation = async (peer) => {
      await peer.login(hello);
      await transaction(peer);
      await peer.result();
      await peer.closed();
    };
    const use = async (db: Driver) => {
      await db.executeQuery("RETURN 1");
      await db.session().run("RETURN 1");
    };
    await play(script, use, options);
  });

  it("is sent again with a retry only if it was not acknowledged (DRV-34)", async () => {
    hurryRetries();
    const use = (db: Driver) => db.session().executeWrite((tx) => tx.run("CREATE ()"));
    await play(async (peer) => {
      await peer.login(wanted);
      await peer.accept("TELEMETRY");
      await failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected");
      await transaction(peer);
      await peer.closed();
    }, use);
    await play(async (peer, connection) => {
      await peer.login(wanted);
      await peer.receive("TELEMETRY");
      if (connection === 0) return peer.destroy();
      peer.success();
      await transaction(peer);
      await peer.closed();
    }, use);
  });
});
