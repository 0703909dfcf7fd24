/** HELLO, LOGON and GOODBYE: what each version is told, and what becomes of a server that doesn't agree. */
import { inspect } from "node:util";
import { type BoltVersion, boltVersions } from "@fulgur/neo4j-core";
import { AuthError, BoltProtocolError, ConfigurationError, Neo4jError, ServiceUnavailable } from "@fulgur/neo4j-driver";
import type { Conversation, ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, password, play } from "./play.ts";

const since = (version: BoltVersion, first: BoltVersion) =>
  boltVersions.indexOf(version) >= boltVersions.indexOf(first);

const oneQuery: Conversation = async (peer) => {
  await peer.login();
  await peer.result();
  await peer.closed();
};

describe.each(boltVersions)("with Bolt %s", (version) => {
  const hasLogon = since(version, "5.1");
  const logs = hasLogon ? "LOGON" : "HELLO";

  it("HELLO, and LOGON in the same write, carry what the version knows, and GOODBYE ends it (CONN-40, DRV-29, DRV-30)", async () => {
    const scripted = async (
      db: Parameters<Parameters<typeof play>[1]>[0],
      server: { peers: readonly ScriptedPeer[] },
    ) => {
      const { summary } = await db.session().run("RETURN 1");
      expect(summary.server.agent).toBe("Neo4j/5.26.0");
      return server.peers[0]!;
    };
    const peer = await play(oneQuery, scripted, { version, config: { userAgent: "orders/2.1" } });
    expect(peer.flights).toEqual([hasLogon ? ["HELLO", "LOGON"] : ["HELLO"], ["RUN", "PULL"], ["GOODBYE"]]);
    const token = { scheme: "basic", principal: "neo4j", credentials: password };
    const [hello, logon] = peer.received;
    if (hello?.type !== "HELLO") throw new Error("HELLO comes first");
    const { boltAgent, ...extra } = hello.extra;
    expect(extra).toEqual({
      userAgent: "orders/2.1",
      ...(version === "4.4" ? { patchBolt: ["utc"] } : {}),
      ...(hasLogon ? {} : { auth: token }),
    });
    if (hasLogon) expect(logon).toEqual({ type: "LOGON", auth: token });
    if (since(version, "5.3")) {
      expect(boltAgent?.product).toMatch(/^neo4j-fulgur\/\d/);
      for (const value of Object.values(boltAgent!)) expect(value).toBeTypeOf("string");
    } else {
      expect(boltAgent).toBeUndefined();
    }
  });

  it("a refused login is an AuthError without the credentials (AUTH)", async () => {
    const refuses: Conversation = async (peer) => {
      if (hasLogon) await peer.accept("HELLO", { server: "Neo4j/x", connection_id: "c" });
      await peer.receive(logs);
      peer.failure("Neo.ClientError.Security.Unauthorized", "no");
      peer.close();
      await peer.closed();
    };
    const error = await play(refuses, (db) => failureOf(db.verifyConnectivity()), { version });
    expect(error).toBeInstanceOf(AuthError);
    expect(error.code).toBe("Neo.ClientError.Security.Unauthorized");
    expect(`${inspect(error, { depth: 9 })}${error.stack}${JSON.stringify(error)}`).not.toContain(password);
    expect(await play(refuses, (db) => db.verifyAuthentication(), { version })).toBe(false);
  });

  it.each(hasLogon ? (["HELLO", "LOGON"] as const) : (["HELLO"] as const))(
    "a connection lost at %s is ServiceUnavailable",
    async (name) => {
      for (const lose of ["close", "destroy"] as const) {
        const loses: Conversation = async (peer) => {
          if (name === "LOGON") await peer.accept("HELLO", { server: "Neo4j/x", connection_id: "c" });
          await peer.receive(name);
          if (name === "HELLO" && hasLogon) await peer.receive("LOGON");
          peer[lose]();
          await peer.closed();
        };
        const error = await play(loses, (db) => failureOf(db.verifyConnectivity()), { version });
        expect(error).toBeInstanceOf(ServiceUnavailable);
        expect(error.message).toContain(`while ${name} waited`);
      }
    },
  );

  it("a notification filter is asked for in the version's words, or refused (DRV-31, DRV-32)", async () => {
    const notificationFilter = {
      minimumSeverityLevel: "WARNING",
      disabledClassifications: ["HINT", "SECURITY"],
    } as const;
    if (!since(version, "5.2")) {
      const refused: Conversation = (peer) => peer.closed();
      const error = await play(refused, (db) => failureOf(db.verifyConnectivity()), {
        version,
        config: { notificationFilter },
      });
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(/5\.2/);
      return;
    }
    const peer = await play(
      oneQuery,
      async (db, { peers }) => {
        await db.session({ notificationFilter: { minimumSeverityLevel: "OFF" } }).run("RETURN 1");
        return peers[0]!;
      },
      { version, config: { notificationFilter } },
    );
    const [hello, run] = ["HELLO", "RUN"].map((type) => peer.received.find((request) => request.type === type));
    expect(hello).toMatchObject({
      extra: { notificationsMinimumSeverity: "WARNING", notificationsDisabledClassifications: ["HINT", "SECURITY"] },
    });
    expect(run).toMatchObject({ extra: { notificationsMinimumSeverity: "OFF" } });
    // On the wire the key has had two names, and a server ignores the wrong one.
    const [old, today] = ["notifications_disabled_categories", "notifications_disabled_classifications"];
    const said = Buffer.concat(peer.pieces).toString("latin1");
    expect(said).toContain(since(version, "5.6") ? today : old);
    expect(said).not.toContain(since(version, "5.6") ? old : today);
  });
});

describe("opening", () => {
  it("that fails for another reason than the login's is that error", async () => {
    const error = await play(
      async (peer) => {
        await peer.receive("HELLO");
        await peer.receive("LOGON");
        peer.failure("Neo.ClientError.Request.Invalid", "user_agent is missing");
        peer.ignored();
        await peer.closed();
      },
      (db) => failureOf(db.verifyConnectivity()),
    );
    expect(error).toBeInstanceOf(Neo4jError);
    expect(error.code).toBe("Neo.ClientError.Request.Invalid");
  });

  it("is given up after loginTimeout when the server says nothing to HELLO (CONN-42)", async () => {
    const error = await play(
      async (peer) => {
        // On a busy machine the time may be over before they come.
        await peer.receiveAny();
        await peer.receiveAny();
        await peer.closed();
      },
      (db) => failureOf(db.verifyConnectivity()),
      { config: { loginTimeout: 60 } },
    );
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain("60 ms");
  });

  it.each([
    ["IGNORED", (peer: ScriptedPeer) => peer.ignored()],
    ["a RECORD", (peer: ScriptedPeer) => peer.record(1)],
    ["a request", (peer: ScriptedPeer) => peer.packed([0xb0, 0x0f])],
    ["a message that is no structure", (peer: ScriptedPeer) => peer.packed([1])],
    ["SUCCESS without the server's name", (peer: ScriptedPeer) => peer.success({ connection_id: "c" })],
    ["a message that breaks off", (peer: ScriptedPeer) => peer.packed([0xb1, 0x70, 0xa1, 0x81])],
  ])("by a server that answers HELLO with %s fails at once, and names the server", async (what, answer) => {
    const error = await play(
      async (peer) => {
        await peer.receive("HELLO");
        await peer.receive("LOGON");
        answer(peer);
        await peer.closed();
      },
      async (db, server) => {
        const error = await failureOf(db.verifyConnectivity());
        if (what !== "IGNORED") expect(error.message).toContain(server.address);
        return error;
      },
    );
    if (what !== "IGNORED") expect(error).toBeInstanceOf(BoltProtocolError);
  });

  it("happens only when something is to be done, and once (CONN-23)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.result();
        await peer.result();
        await peer.closed();
      },
      async (db, server) => {
        const session = db.session();
        expect(server.peers).toHaveLength(0);
        await session.run("RETURN 1");
        await session.run("RETURN 2");
        expect(server.peers).toHaveLength(1);
      },
    );
  });
});
