import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCertificateAuthority, type Neo4j, neo4jSupport, startNeo4j } from "../src/index.ts";
import { BoltProbe } from "./bolt-probe.ts";

const support = await neo4jSupport();

describe.skipIf(!support.available)(
  `options of a start${support.available ? "" : ` (skipped: ${support.reason})`}`,
  () => {
    describe("a Bolt cap, TLS and a chosen password", () => {
      let server: Neo4j;
      beforeAll(async () => {
        server = await startNeo4j({ boltVersion: "4.4", tls: true, auth: { password: 'ü\\n="#' } });
      });
      afterAll(() => server?.stop());

      it("are all honoured by a client that trusts the certificate", async () => {
        const probe = await BoltProbe.open(server.port, { ca: server.certificate ?? "", servername: "localhost" });
        expect(probe.version).toBe("4.4");
        expect(server.boltVersion).toBe("4.4");
        expect(await probe.login(server.username, server.password)).toBe("SUCCESS");
        probe.close();
      });

      it("are for nobody who trusts another authority or speaks plainly", async () => {
        const other = await createCertificateAuthority();
        const distrustful = BoltProbe.open(server.port, { ca: other.certificate, servername: "localhost" });
        await expect(distrustful).rejects.toThrow(/certificate/);
        await expect(BoltProbe.open(server.port)).rejects.toThrow();
      });

      it("give the certificate as a file too", () => {
        expect(readFileSync(server.certificateFile ?? "", "utf8")).toBe(server.certificate);
      });
    });

    it("names a setting that Neo4j doesn't know", async () => {
      const start = startNeo4j({ settings: { "server.no.such.setting": "1" } });
      await expect(start).rejects.toMatchObject({
        name: "Neo4jStartError",
        reason: "start-failed",
        message: expect.stringMatching(/ended with exit code 1 while it started.*server\.no\.such\.setting/s),
      });
    });

    it("gives up after the start time-out", async () => {
      const start = startNeo4j({ startTimeout: 50 });
      await expect(start).rejects.toMatchObject({
        reason: "start-timeout",
        message: expect.stringContaining("within 50 ms"),
      });
    });

    it.each([
      [{ boltVersion: "5.5" }, /boltVersion "5\.5" is not spoken by Neo4j .*5\.4, 5\.6/],
      [{ boltVersion: "5" }, /boltVersion "5" is not spoken/],
      [{ heap: "1 gigabyte" }, /heap "1 gigabyte" is not a size/],
      [{ startTimeout: 0 }, /startTimeout 0 is not a positive number/],
      [{ auth: { password: "" } }, /auth\.password is empty/],
      [
        { settings: { "server.bolt.listen_address": ":7687" } },
        /server\.bolt\.listen_address.* can't be given: the port is chosen/,
      ],
      [{ version: "4.4" as never }, /version "4\.4" is unknown; known: "auto", "2026\.09", "5\.26"/],
    ])("refuses %j at once", async (options, message) => {
      await expect(startNeo4j(options)).rejects.toMatchObject({
        reason: "bad-option",
        message: expect.stringMatching(message),
      });
    });
  },
);
