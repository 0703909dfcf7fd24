import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Neo4j, neo4jSupport, startNeo4j } from "../src/index.ts";
import { BoltProbe } from "./bolt-probe.ts";
import { isRunning } from "./processes.ts";

for (const { version, newest } of [
  { version: "2026.09", newest: "6.1" },
  { version: "5.26", newest: "5.8" },
] as const) {
  const support = await neo4jSupport({ version });

  describe.skipIf(!support.available)(
    `Neo4j ${version}${support.available ? "" : ` (skipped: ${support.reason})`}`,
    () => {
      let server: Neo4j;
      beforeAll(async () => {
        server = await startNeo4j({ version });
      });
      afterAll(() => server?.stop());

      it("answers on loopback with its newest Bolt version", async () => {
        expect(server.version).toMatch(version);
        expect(server.boltVersion).toBe(newest);
        expect(server.uri).toBe(`bolt://127.0.0.1:${server.port}`);
        const probe = await BoltProbe.open(server.port);
        expect(probe.version).toBe(newest);
        probe.close();
      });

      it("lets in the random password and no other", async () => {
        const verdict = async (password: string) => {
          const probe = await BoltProbe.open(server.port);
          const answer = await probe.login(server.username, password);
          probe.close();
          return answer;
        };
        expect(server.password.length).toBeGreaterThan(16);
        expect(await verdict(server.password)).toBe("SUCCESS");
        expect(await verdict("neo4j")).toBe("FAILURE");
      });

      it("starts again at its port, in order and after a crash, with its password", async () => {
        for (const crash of [false, true]) {
          const { pid } = server;
          await server.restart({ crash });
          expect(server.pid).not.toBe(pid);
          expect(isRunning(pid)).toBe(false);
          const probe = await BoltProbe.open(server.port);
          expect(await probe.login(server.username, server.password)).toBe("SUCCESS");
          probe.close();
        }
      });

      it("leaves nothing after a stop, and a second stop is the first", async () => {
        expect(existsSync(server.home)).toBe(true);
        expect(isRunning(server.pid)).toBe(true);
        const first = server.stop();
        expect(server.stop()).toBe(first);
        await first;
        await server[Symbol.asyncDispose]();
        expect(isRunning(server.pid)).toBe(false);
        expect(existsSync(server.home)).toBe(false);
        await expect(BoltProbe.open(server.port)).rejects.toThrow("ECONNREFUSED");
      });
    },
  );
}
