/** Client certificates: a second factor, from files or texts, with and without passphrase, that stays or rotates. (TLS) */
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CertificateConfigurationError,
  type ClientCertificate,
  type ClientCertificateProvider,
  type Config,
  ConfigurationError,
  clientCertificateProviders,
  type Driver,
  driver,
  ServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { createCertificateAuthority, startScriptedServer } from "@fulgur/neo4j-testing";
import { afterAll, describe, expect, it } from "vitest";
import { failureOf, token } from "./play.ts";
import { ask, authority, playTls, type TlsFront } from "./tls-front.ts";

const folder = mkdtempSync(join(tmpdir(), "fulgur-mtls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const passphrase = "canary-passphrase";
const ann = await authority.issue({ commonName: "ann", hosts: [] });
const bob = await authority.issue({ commonName: "bob", hosts: [] });
const encrypted = (type: "pkcs8" | "sec1") =>
  createPrivateKey(ann.key).export({ type, format: "pem", cipher: "aes-256-cbc", passphrase }).toString();
const encryptedKey = encrypted("pkcs8");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const certfile = file("ann.pem", ann.certificate);
const keyfile = file("ann.key", ann.key);

/** With a server that wants a certificate of the authority. */
function play<T>(
  clientCertificate: Config["clientCertificate"],
  use: (db: Driver, front: TlsFront) => Promise<T>,
  config: Config = {},
): Promise<T> {
  return playTls(
    {
      server: { requestCert: true, rejectUnauthorized: true, ca: authority.certificate },
      config: { encrypted: true, trustedCertificates: [authority.certificate], clientCertificate, ...config },
    },
    use,
  );
}

const clients = (front: TlsFront) => front.handshakes.map(({ client }) => client);

describe("a client certificate", () => {
  it.each<[string, ClientCertificate]>([
    ["files", { certfile, keyfile }],
    ["lists of files", { certfile: [certfile], keyfile: [keyfile] }],
    ["file URLs", { certfile: pathToFileURL(certfile), keyfile: pathToFileURL(keyfile) }],
    ["texts", { certfile: ann.certificate, keyfile: ann.key }],
    ["bytes", { certfile: Buffer.from(ann.certificate), keyfile: Buffer.from(ann.key) }],
    ["one file with certificate and key", { certfile: file("both.pem", ann.certificate + ann.key) }],
    ["an encrypted key and its passphrase", { certfile, keyfile: file("a.key", encryptedKey), password: passphrase }],
    ["a key of the old form, encrypted", { certfile, keyfile: encrypted("sec1"), password: passphrase }],
    ["a key whose passphrase is fetched", { certfile, keyfile: encryptedKey, password: async () => passphrase }],
    ["a key with its own passphrase", { certfile, keyfile: { path: encryptedKey, password: () => passphrase } }],
    ["one encrypted file", { certfile: file("c.pem", ann.certificate + encryptedKey), password: passphrase }],
  ])("given as %s is shown to the server (TLS-07, TLS-08)", async (_, certificate) => {
    await play(certificate, async (db, front) => {
      expect(await ask(db)).toBe(1);
      expect(clients(front)).toEqual(["ann"]);
    });
  });

  it("is shown with a secure scheme, too, and is not a login (TLS-07)", async () => {
    const server = { requestCert: true, rejectUnauthorized: true, ca: authority.certificate };
    await playTls(
      { scheme: "bolt+ssc", server, config: { clientCertificate: { certfile, keyfile } } },
      async (db, front) => {
        expect(await ask(db)).toBe(1);
        expect(clients(front)).toEqual(["ann"]);
      },
    );
  });

  it("is no matter without encryption: it isn't even read (TLS-07)", async () => {
    await using server = await startScriptedServer({
      conversation: async (peer) => {
        await peer.login();
        await peer.result({ fields: ["one"], records: [[1]] });
        await peer.closed();
      },
    });
    await using db = driver(server.uri, token, { clientCertificate: { certfile: "/nowhere", keyfile: "/nowhere" } });
    expect((await db.session().run("RETURN 1")).records[0]?.get("one")).toBe(1);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "that the server wants and doesn't get, or doesn't accept, is named: %s (TLS-07)",
    async (version) => {
      const stranger = await (await createCertificateAuthority()).issue();
      const server = { requestCert: true, ca: authority.certificate, minVersion: version, maxVersion: version };
      for (const clientCertificate of [undefined, { certfile: stranger.certificate, keyfile: stranger.key }]) {
        const config = { encrypted: true, trustedCertificates: [authority.certificate], clientCertificate };
        const error = await playTls({ server, config }, async (db) => failureOf(ask(db)));
        expect(error).toBeInstanceOf(ServiceUnavailable);
        expect(error.message).toMatch(/clientCertificate/);
      }
    },
  );

  it.each<[string, ClientCertificate, string, RegExp]>([
    ["a missing certificate", { certfile: join(folder, "no.pem"), keyfile }, "certfile", /no such file \(ENOENT\)/],
    ["a missing key", { certfile, keyfile: join(folder, "no.key") }, "keyfile", /no such file \(ENOENT\)/],
    ["no certificate", { certfile: file("x.pem", "canary-x"), keyfile }, "certfile", /holds no certificate/],
    ["no key", { certfile, keyfile: file("x.key", "canary-x") }, "keyfile", /holds no private key/],
    ["no key anywhere", { certfile }, "certfile", /holds no private key: give the key as keyfile/],
    ["a broken key", { certfile, keyfile: ann.key.replace(/M/g, "A") }, "keyfile", /can't be read/],
    ["a key as a path", { certfile, keyfile: "MIIEcanarykey/AAA" }, "keyfile", /no such file/],
    ["another's key", { certfile, keyfile: bob.key }, "keyfile", /doesn't belong to the certificate/],
    ["a wrong passphrase", { certfile, keyfile: encryptedKey, password: "canary-wrong" }, "password", /doesn't open/],
    ["no passphrase", { certfile, keyfile: encryptedKey }, "password", /is missing: the key is encrypted/],
  ])("with %s is an error that names the option and no secret (TLS-15)", async (_, certificate, option, why) => {
    await play(certificate, async (db) => {
      const error = await failureOf(ask(db));
      expect(error).toBeInstanceOf(CertificateConfigurationError);
      expect(error.message).toContain(`\`clientCertificate.${option}\``);
      expect(error.message).toMatch(why);
      expect(`${error.stack}${error.cause}${JSON.stringify(error)}`).not.toMatch(/canary|PRIVATE/);
    });
  });

  it.each<[unknown, RegExp]>([
    ["cert.pem", /must be \{ certfile, keyfile, password \} or a provider/],
    [{ keyfile: "k" }, /must be \{ certfile/],
    [{ certfile: "c", key: "k" }, /unknown key key/],
    [{ certfile: 1 }, /certfile/],
    [{ certfile: "c", keyfile: 1 }, /keyfile/],
    [{ certfile: "c", keyfile: { path: 1 } }, /keyfile/],
    [{ certfile: "c", keyfile: "k", password: 1 }, /password/],
  ])("in the form of %o is refused at once (TLS-08)", (clientCertificate, why) => {
    const make = () => driver("bolt+s://localhost", token, { clientCertificate } as Config);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(why);
    expect(() => clientCertificateProviders.rotating({ initialCertificate: clientCertificate as never })).toThrow(why);
  });
});

describe("a provider of client certificates", () => {
  it("that rotates changes new connections; those that are open keep what they have (TLS-09, TLS-10)", async () => {
    const provider = clientCertificateProviders.rotating({ initialCertificate: { certfile, keyfile } });
    await play(provider, async (db, front) => {
      const first = db.session();
      const tx = await first.beginTransaction();
      expect((await tx.run("RETURN 1")).records[0]?.get("one")).toBe(1);
      provider.updateCertificate({ certfile: bob.certificate, keyfile: bob.key });
      expect(await ask(db)).toBe(1);
      expect((await tx.run("RETURN 1")).records[0]?.get("one")).toBe(1);
      await tx.commit();
      await first.close();
      expect(clients(front)).toEqual(["ann", "bob"]);
      expect(front.handshakes[1]?.isResumed).toBe(false);
    });
  });

  it("that is static gives its certificate for good (TLS-10)", async () => {
    const provider = clientCertificateProviders.static({ certfile, keyfile });
    const config = { maxConnectionLifetime: 0 };
    await play(
      provider,
      async (db, front) => {
        for (let i = 0; i < 3; i++) expect(await ask(db)).toBe(1);
        expect(clients(front)).toEqual(["ann", "ann", "ann"]);
      },
      config,
    );
  });

  it("is asked for a certificate first, and then whenever it says that there is a new one (TLS-09)", async () => {
    const asked: string[] = [];
    const updates = [false, false, true, false];
    const provider: ClientCertificateProvider = {
      async hasUpdate() {
        asked.push("hasUpdate");
        return updates.shift() ?? false;
      },
      async getClientCertificate() {
        asked.push("getClientCertificate");
        return asked.length < 3 ? { certfile, keyfile } : { certfile: bob.certificate, keyfile: bob.key };
      },
    };
    await play(
      provider,
      async (db, front) => {
        for (let i = 0; i < 4; i++) expect(await ask(db)).toBe(1);
        expect(clients(front)).toEqual(["ann", "ann", "bob", "bob"]);
        expect(asked.join(" ")).toBe(
          "hasUpdate getClientCertificate hasUpdate hasUpdate getClientCertificate hasUpdate",
        );
      },
      { maxConnectionLifetime: 0 },
    );
  });

  it("whose new certificate can't be read is asked no second time for it, and the next connection reads it (TLS-09)", async () => {
    const late = join(folder, "late.pem");
    const provider = clientCertificateProviders.rotating({ initialCertificate: { certfile, keyfile } });
    await play(
      provider,
      async (db, front) => {
        expect(await ask(db)).toBe(1);
        provider.updateCertificate({ certfile: late, keyfile: bob.key });
        expect(await failureOf(ask(db))).toBeInstanceOf(CertificateConfigurationError);
        file("late.pem", bob.certificate);
        expect(await ask(db)).toBe(1);
        expect(clients(front)).toEqual(["ann", "bob"]);
      },
      { maxConnectionLifetime: 0 },
    );
  });

  it("that fails is the cause of an error that says so (TLS-09)", async () => {
    const reason = new Error("the vault is closed");
    const provider = { hasUpdate: () => false, getClientCertificate: () => Promise.reject(reason) };
    await play(provider, async (db) => {
      const error = await failureOf(ask(db));
      expect(error).toBeInstanceOf(CertificateConfigurationError);
      expect(error.message).toMatch(/`clientCertificate` has a provider that failed/);
      expect(error.cause).toBe(reason);
    });
  });

  it("that gives nothing in time ends with the time for opening (TLS-11)", async () => {
    const provider = { hasUpdate: () => false, getClientCertificate: () => new Promise<ClientCertificate>(() => {}) };
    await play(
      provider,
      async (db) => {
        const error = await failureOf(ask(db));
        expect(error.message).toMatch(/within 40 ms/);
      },
      { connectionTimeout: 40 },
    );
  });
});
