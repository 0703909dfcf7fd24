/** A real server that asks its clients for a certificate; and the code of docs/tls.md, which runs on it. */
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AuthError,
  auth,
  type Config,
  clientCertificateProviders,
  type Driver,
  driver,
  ServiceUnavailable,
} from "@fulgur/neo4j-driver";
import {
  type CertificatePair,
  createCertificateAuthority,
  createSelfSignedCertificate,
  type Neo4j,
  startNeo4j,
} from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";

const passphrase = "canary-9d2a";
const folder = mkdtempSync(join(tmpdir(), "fulgur-live-tls-"));
let server: Neo4j;
let ann: CertificatePair;
let bob: CertificatePair;
const files: Record<string, string> = {};

beforeAll(async () => {
  const authority = await createCertificateAuthority();
  ann = await authority.issue({ commonName: "ann", hosts: [] });
  bob = await authority.issue({ commonName: "bob", hosts: [] });
  const encrypted = createPrivateKey(ann.key).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  });
  for (const [name, text] of [
    ["ca.pem", authority.certificate],
    ["ann.pem", ann.certificate],
    ["ann.key", encrypted],
  ]) {
    files[String(name)] = join(folder, String(name));
    writeFileSync(join(folder, String(name)), String(text));
  }
  server = await startNeo4j({ tls: { authority }, settings: { "dbms.ssl.policy.bolt.client_auth": "REQUIRE" } });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const connectTo = (clientCertificate: Config["clientCertificate"], config: Config = {}, password = server.password) =>
  driver(server.uri, auth.basic(server.username, password), {
    encrypted: true,
    trustedCertificates: [server.certificateFile as string],
    maxTransactionRetryTime: 0,
    clientCertificate,
    ...config,
  });
const ask = async (db: Driver) => (await db.executeQuery("RETURN 1 AS one")).records[0]?.get("one");

describe("a server that asks for a client certificate", () => {
  it("lets in who has one, from files with an encrypted key (TLS-07, TLS-08)", async () => {
    await using db = connectTo({ certfile: files["ann.pem"]!, keyfile: files["ann.key"]!, password: passphrase });
    expect(await ask(db)).toBe(1);
  });

  it("lets in who has one, with the schemes that trust anybody (TLS-07)", async () => {
    for (const scheme of ["bolt+ssc", "neo4j+ssc"]) {
      await using db = driver(server.uri.replace("bolt", scheme), auth.basic(server.username, server.password), {
        clientCertificate: { certfile: ann.certificate, keyfile: ann.key },
      });
      expect(await ask(db)).toBe(1);
    }
  });

  it("wants the password as well (TLS-07)", async () => {
    await using db = connectTo({ certfile: ann.certificate, keyfile: ann.key }, {}, "canary-wrong");
    await expect(ask(db)).rejects.toThrow(AuthError);
  });

  it.each(["TLSv1.2", "TLSv1.3"])(
    "refuses who has none, or a stranger's, and the error says why: %s (TLS-07)",
    async (maxVersion) => {
      const stranger = await createSelfSignedCertificate();
      for (const pair of [undefined, stranger]) {
        const tls = { ca: server.certificate, maxVersion, ...(pair && { cert: pair.certificate, key: pair.key }) };
        await using db = connectTo(undefined, { tls });
        const refused = ask(db);
        await expect(refused).rejects.toThrow(ServiceUnavailable);
        await expect(refused).rejects.toThrow(/clientCertificate/);
      }
    },
  );

  it("sees the new certificate of a provider on new connections only (TLS-09, TLS-10)", async () => {
    const provider = clientCertificateProviders.rotating({
      initialCertificate: { certfile: ann.certificate, keyfile: ann.key },
    });
    await using db = connectTo(provider);
    await using session = db.session();
    const tx = await session.beginTransaction();
    const stranger = await createSelfSignedCertificate();
    provider.updateCertificate({ certfile: stranger.certificate, keyfile: stranger.key });
    // A second connection is needed, and the server doesn't know who that is; the first one still is ann's.
    await expect(ask(db)).rejects.toThrow(ServiceUnavailable);
    expect((await tx.run("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
    provider.updateCertificate({ certfile: bob.certificate, keyfile: bob.key });
    expect(await ask(db)).toBe(1);
    await tx.commit();
  });
});

describe("docs/tls.md", () => {
  const blocks = documentedCode("tls.md");
  it("has code", () => expect(blocks).toHaveLength(5));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = {
      NEO4J_URI: server.uri,
      NEO4J_USERNAME: server.username,
      NEO4J_PASSWORD: server.password,
      NEO4J_CA: files["ca.pem"],
      CLIENT_CERT: files["ann.pem"],
      CLIENT_KEY: files["ann.key"],
      CLIENT_KEY_PASSWORD: passphrase,
    };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});
