/** What a driver finds out about a real server, and what its options change there. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { AuthError, auth, type Config, type Driver, driver, ServiceUnavailable } from "@fulgur/neo4j-driver";
import { startRecorder, startReplay } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;
beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

const routed = () => server.uri.replace(/^bolt/, "neo4j");
const closedPort = "bolt://127.0.0.1:1";

/** A driver with these options, for one use of it. */
async function having<T>(config: Config, use: (db: Driver) => Promise<T>): Promise<T> {
  await using other = driver(server.uri, auth.basic(server.username, server.password), config);
  return await use(other);
}

describe("a driver for a real server", () => {
  it("is made of a URI as text or as URL, and of a token or of the environment (DRV-01, CONN-37)", async () => {
    const token = auth.basic(server.username, server.password);
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    const made = [driver(server.uri, token), driver(new URL(server.uri), token), driver.fromEnv({}, env)];
    for (const other of made) {
      await using used = other;
      expect((await used.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
    }
  });

  it("uses the database of NEO4J_DATABASE, unless another is named (OLD-15, DRV-35)", async () => {
    const env = { NEO4J_URI: routed(), NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    await using other = driver.fromEnv({}, { ...env, NEO4J_DATABASE: "system" });
    const { summary: byDefault } = await other.executeQuery("SHOW DEFAULT DATABASE");
    expect(byDefault.database.name).toBe("system");
    const session = other.session({ database: "neo4j" });
    const { summary } = await session.run("RETURN 1");
    expect(summary.database.name).toBe("neo4j");
    await session.close();
  });

  it.each(["bolt", "neo4j"])(
    "verifies connectivity by %s, and gives nothing (CONN-01, CONN-38, DRV-11)",
    async (scheme) => {
      await using other = driver(server.uri.replace(/^bolt/, scheme), auth.basic(server.username, server.password));
      expect(await other.verifyConnectivity()).toBeUndefined();
    },
  );

  it("says why it can't connect (DRV-11, CONN-38)", async () => {
    await using wrong = driver(server.uri, auth.basic(server.username, "wrong-password"));
    await expect(wrong.verifyConnectivity()).rejects.toThrow(AuthError);
    await using closed = driver(closedPort, auth.none());
    await expect(closed.verifyConnectivity()).rejects.toThrow(ServiceUnavailable);
  });

  it.each(["bolt", "neo4j"])("is recorded by %s, and replayed without the server", async (scheme) => {
    const program = async (uri: string) => {
      await using other = driver(uri.replace(/^bolt/, scheme), auth.basic(server.username, server.password));
      const { records, summary } = await other.executeQuery("UNWIND [1, 2] AS n RETURN n, datetime() AS at");
      return [records.map((record) => record.toObject()), summary.database.name];
    };
    await using recorder = await startRecorder(server.uri);
    const gave = await program(recorder.uri);
    await using replay = await startReplay(JSON.parse(JSON.stringify(recorder.recording())));
    expect(await program(replay.uri)).toEqual(gave);
    await replay.finished();
  });

  it("says who answered (DRV-12)", async () => {
    const info = await db.getServerInfo();
    expect(info.agent).toMatch(/^Neo4j\/\d+\.\d+/);
    expect(info.protocolVersion.major).toBeGreaterThanOrEqual(4);
    expect(info.address).toBe(new URL(server.uri.replace(/^bolt/, "http")).host);
  });

  it("says whether the server accepts somebody (DRV-14)", async () => {
    expect(await db.verifyAuthentication()).toBe(true);
    expect(await db.verifyAuthentication({ auth: auth.basic(server.username, server.password) })).toBe(true);
    expect(await db.verifyAuthentication({ auth: auth.basic(server.username, "wrong-password") })).toBe(false);
    await using closed = driver(closedPort, auth.none());
    await expect(closed.verifyAuthentication()).rejects.toThrow(ServiceUnavailable);
    await expect(closed.verifyAuthentication({ auth: auth.basic("neo4j", "some password") })).rejects.toThrow(
      ServiceUnavailable,
    );
  });

  it("says what the protocol can do (DRV-13, DRV-15)", async () => {
    expect(await db.supportsMultiDb()).toBe(true);
    expect(await db.supportsUserImpersonation()).toBe(true);
    expect(await db.supportsSessionAuth()).toBe(true);
  });

  it("is told no remarks below the least severity (DRV-31)", async () => {
    const query = "EXPLAIN MATCH (a:Nowhere), (b:Nowhere) RETURN a, b";
    const severities = async (other: Driver) => {
      const { summary } = await other.executeQuery(query);
      return summary.notifications.map(({ severityLevel }) => severityLevel);
    };
    expect(await severities(db)).toContain("INFORMATION");
    await having({ notificationFilter: { minimumSeverityLevel: "WARNING" } }, async (other) => {
      const left = await severities(other);
      expect(left).not.toContain("INFORMATION");
      expect(left).toContain("WARNING");
    });
    await having({ notificationFilter: { minimumSeverityLevel: "OFF" } }, async (other) => {
      expect(await severities(other)).toEqual([]);
    });
  });

  it("is told no remarks of classes that are disabled (DRV-32)", async () => {
    const query = "EXPLAIN MATCH (n) RETURN id(n)";
    const classes = async (other: Driver) => {
      const { summary } = await other.executeQuery(query);
      return summary.notifications.map(({ category }) => category);
    };
    expect(await classes(db)).toContain("DEPRECATION");
    await having({ notificationFilter: { disabledClassifications: ["DEPRECATION"] } }, async (other) => {
      expect(await classes(other)).not.toContain("DEPRECATION");
    });
  });

  it("runs the quick start as it stands (DRV-41)", async () => {
    const quickStart = fileURLToPath(new URL("../../examples/quickstart.ts", import.meta.url));
    const env = {
      ...process.env,
      NEO4J_URI: server.uri,
      NEO4J_USERNAME: server.username,
      NEO4J_PASSWORD: server.password,
    };
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@fulgur/source", quickStart], {
      env,
    });
    const [counters, ...rows] = stdout.trim().split("\n");
    expect(counters).toMatch(/^2 nodes created in \d+ ms$/);
    expect(rows.map((row) => JSON.parse(row))).toEqual([{ name: "Alice" }]);
  });
});

describe("the page for those who come from npm's neo4j-driver", () => {
  const blocks = documentedCode("migration.md");

  it("has code before and after", () => {
    expect(blocks.filter(({ title }) => title.endsWith("before")).length).toBeGreaterThan(7);
    expect(blocks.filter(({ title }) => title.endsWith("after")).length).toBeGreaterThan(7);
  });

  it.each(blocks)("$title: prints what it says", async (block) => {
    expect(block.prints.length).toBeGreaterThan(0);
    const env = { NEO4J_URI: server.uri, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});
