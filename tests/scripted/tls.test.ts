/** TLS: whose certificates are accepted, which options go together, what the errors say. (TLS) */
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  auth,
  CertificateConfigurationError,
  type Config,
  ConfigurationError,
  driver,
  ServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { createCertificateAuthority, createSelfSignedCertificate, startScriptedServer } from "@fulgur/neo4j-testing";
import { afterAll, describe, expect, it } from "vitest";
import { failureOf } from "./play.ts";
import { ask, authority, playTls, type TlsPlay } from "./tls-front.ts";

const folder = mkdtempSync(join(tmpdir(), "fulgur-tls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const trusting: Config = { encrypted: true, trustedCertificates: [authority.certificate] };
const trustingAll: Config = { encrypted: true, trustedCertificates: "TRUST_ALL_CERTIFICATES" };
const expired = { validFrom: new Date("2020-01-01"), validTo: new Date("2021-01-01") };
const future = { validFrom: new Date("2090-01-01"), validTo: new Date("2091-01-01") };
const other = await createCertificateAuthority();

/** Why a server isn't accepted. */
async function refusal(play: TlsPlay): Promise<string> {
  return playTls(play, async (db) => {
    const error = await failureOf(ask(db));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).not.toContain("canary-71aa");
    return error.message;
  });
}

const secureSchemes = ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"];

describe("encryption", () => {
  it.each(["bolt", "neo4j"])(
    "of %s is TLS when asked for by `encrypted`, and none by default (TLS-01)",
    async (scheme) => {
      await playTls({ scheme, config: trusting }, async (db, front) => {
        expect(db.encrypted).toBe(true);
        expect(await ask(db)).toBe(1);
        expect(front.handshakes.length).toBeGreaterThan(0);
      });
      await using plain = driver(`${scheme}://localhost`);
      expect(plain.encrypted).toBe(false);
    },
  );

  it.each(
    secureSchemes.flatMap((scheme): [string, Config][] => [
      [scheme, { encrypted: true }],
      [scheme, { encrypted: false }],
      [scheme, { trustedCertificates: [authority.certificate] }],
      [scheme, { tls: {} }],
    ]),
  )("of %s can't be decided again by %o (TLS-01, TLS-13, TLS-06)", (scheme, config) => {
    const [option] = Object.keys(config);
    const make = () => driver(`${scheme}://localhost`, auth.none(), config);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(new RegExp(`\`${option}\`.*${scheme.replace("+", "\\+")}.*bolt:// or neo4j://`));
  });

  it.each(secureSchemes)("of %s takes a client certificate, without a warning (TLS-12, TLS-13)", async (scheme) => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on("warning", listen);
    await using db = driver(`${scheme}://localhost`, auth.none(), {
      clientCertificate: { certfile: "a", keyfile: "b" },
    });
    expect(db.encrypted).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });

  it("is of TLS 1.2 and 1.3, and of nothing older (TLS-14)", async () => {
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      await playTls({ server: { minVersion: version, maxVersion: version }, config: trusting }, async (db, front) => {
        expect(await ask(db)).toBe(1);
        expect(front.handshakes[0]?.protocol).toBe(version);
      });
    }
    const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(await refusal({ server: old, config: trusting })).toMatch(/1\.2 is the least/);
  });
});

describe("trust", () => {
  it.each<[string, unknown]>([
    ["the system's authorities", "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"],
    ["any certificate", "TRUST_ALL_CERTIFICATES"],
    ["authorities", ["ca.pem", new URL("file:///ca.pem"), new Uint8Array(1)]],
    ["one authority", authority.certificate],
  ])("may be in %s (TLS-02)", async (_, trustedCertificates) => {
    const config = { encrypted: true, trustedCertificates } as Config;
    await using db = driver("bolt://localhost", auth.none(), config);
    expect(db.encrypted).toBe(true);
  });

  it.each([1, "all", "TRUST_ON_FIRST_USE", [], [1], {}, new Date()])(
    "can't be in %o (TLS-02)",
    (trustedCertificates) => {
      const make = () => driver("bolt://localhost", auth.none(), { encrypted: true, trustedCertificates } as Config);
      expect(make).toThrow(ConfigurationError);
      expect(make).toThrow(/`trustedCertificates`.*"TRUST_ALL_CERTIFICATES"/);
    },
  );

  it("is of the system's authorities by default: a server that signed its own certificate is refused (TLS-02)", async () => {
    const certificate = await createSelfSignedCertificate();
    const message = await refusal({ certificate, config: { encrypted: true } });
    expect(message).toMatch(/it signed its certificate itself.*trustedCertificates.*DEPTH_ZERO_SELF_SIGNED_CERT/);
  });

  it("is no matter without encryption: what is listed isn't even read (TLS-02)", async () => {
    await using server = await startScriptedServer({
      conversation: async (peer) => {
        await peer.login();
        await peer.result({ fields: ["one"], records: [[1]] });
        await peer.closed();
      },
    });
    await using db = driver(server.uri, auth.none(), { encrypted: false, trustedCertificates: ["/nowhere.pem"] });
    expect((await db.session().run("RETURN 1")).records[0]?.get("one")).toBe(1);
  });

  it.each([
    ["signed itself", async () => createSelfSignedCertificate()],
    ["has expired", async () => expired],
    ["isn't valid yet", async () => future],
    ["is for another host", async () => ({ hosts: ["other.test"] })],
  ])("in all of them accepts a server whose certificate %s (TLS-04)", async (_, certificate) => {
    expect(await playTls({ certificate: await certificate(), config: trustingAll }, ask)).toBe(1);
    expect(await playTls({ certificate: await certificate(), scheme: "bolt+ssc" }, ask)).toBe(1);
  });

  it.each([
    ["PEM text", () => authority.certificate],
    ["a file", () => file("ca.pem", authority.certificate)],
    ["a file URL", () => pathToFileURL(file("ca2.pem", authority.certificate))],
    ["bytes of PEM", () => new TextEncoder().encode(authority.certificate)],
    ["bytes of DER", () => new Uint8Array(new X509Certificate(authority.certificate).raw)],
    ["a file with several", () => file("many.pem", `# two\n${other.certificate}\n${authority.certificate}`)],
  ])("in an authority given as %s accepts what it signed, and nothing else (TLS-05)", async (_, source) => {
    const config = { encrypted: true, trustedCertificates: [source()] };
    expect(await playTls({ config }, ask)).toBe(1);
    const foreign = (await createCertificateAuthority()).issue();
    expect(await refusal({ certificate: await foreign, config })).toMatch(/authority that isn't trusted here/);
  });

  it("in two authorities accepts what either signed (TLS-05)", async () => {
    const config = {
      encrypted: true,
      trustedCertificates: [file("one.pem", other.certificate), file("two.pem", authority.certificate)],
    };
    expect(await playTls({ config }, ask)).toBe(1);
    expect(await playTls({ certificate: await other.issue(), config }, ask)).toBe(1);
  });

  it.each<[string, () => string, RegExp]>([
    ["isn't there", () => join(folder, "nowhere.pem"), /no such file \(ENOENT\)/],
    ["is a folder", () => folder, /can't be read \(EISDIR\)/],
    ["has something else in it", () => file("key.pem", "canary-key"), /holds no certificate/],
    ["is damaged", () => file("bad.pem", authority.certificate.replace(/M/g, "A")), /can't be read as a certificate/],
  ])("in a file that %s is an error that names the option (TLS-05, TLS-15, ERR-32)", async (_, path, why) => {
    const config = { encrypted: true, trustedCertificates: [authority.certificate, path()] };
    await playTls({ config }, async (db) => {
      const error = await failureOf(ask(db));
      expect(error).toBeInstanceOf(CertificateConfigurationError);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(/`trustedCertificates\[1\]`/);
      expect(error.message).toMatch(why);
      expect(error.message).not.toContain("canary-key");
    });
  });

  it("comes back when the file does: what couldn't be read is read again (TLS-05)", async () => {
    const path = join(folder, "late.pem");
    await playTls({ config: { encrypted: true, trustedCertificates: [path] } }, async (db) => {
      expect(await failureOf(ask(db))).toBeInstanceOf(CertificateConfigurationError);
      file("late.pem", authority.certificate);
      expect(await ask(db)).toBe(1);
    });
  });
});

describe("options of Node's own", () => {
  it("encrypt by themselves, and make the others moot (TLS-06)", async () => {
    const { createSecureContext } = await import("node:tls");
    for (const tls of [
      { ca: authority.certificate },
      { secureContext: createSecureContext({ ca: authority.certificate }) },
      createSecureContext({ ca: authority.certificate }),
    ]) {
      const config = { tls, encrypted: false, trustedCertificates: ["/nowhere.pem"] };
      await playTls({ config }, async (db, front) => {
        expect(db.encrypted).toBe(true);
        expect(await ask(db)).toBe(1);
        expect(front.handshakes).toHaveLength(1);
      });
    }
    expect(await refusal({ config: { tls: { ca: other.certificate } } })).toMatch(/authority that isn't trusted/);
  });

  it("may look at the server's certificate themselves (TLS-06)", async () => {
    const seen: string[] = [];
    const tls = {
      ca: authority.certificate,
      checkServerIdentity: (host: string, { subject }: { subject: { CN: string } }) => void seen.push(host, subject.CN),
    };
    expect(await playTls({ certificate: { hosts: ["other.test"] }, config: { tls } }, ask)).toBe(1);
    expect(seen).toEqual(["localhost", "other.test"]);
  });

  it("that Node can't use are an error that names the option (TLS-06, TLS-15)", async () => {
    await playTls({ config: { tls: { cert: "canary-cert", key: "canary-key" } } }, async (db) => {
      const error = await failureOf(ask(db));
      expect(error).toBeInstanceOf(CertificateConfigurationError);
      expect(error.message).toMatch(/`tls`/);
      expect(error.message).not.toContain("canary");
    });
  });
});

describe("a certificate that isn't accepted", () => {
  it.each([
    ["has expired", expired, /its certificate has expired \(CERT_HAS_EXPIRED\)/],
    ["isn't valid yet", future, /isn't valid yet\. Is this machine's clock right\? \(CERT_NOT_YET_VALID\)/],
    [
      "is for other hosts",
      { hosts: ["a.test", "10.1.2.3"] },
      /another host name than localhost: it is for a\.test, 10\.1\.2\.3/,
    ],
  ])("since it %s, says so (TLS-03)", async (_, certificate, why) => {
    const message = await refusal({ certificate, config: trusting });
    expect(message).toMatch(/^Could not connect to localhost:\d+: /);
    expect(message).toMatch(why);
  });

  it("since nobody knows who signed it, says what to do (TLS-03)", async () => {
    for (const play of [{ config: { encrypted: true } }, { scheme: "bolt+s" }]) {
      expect(await refusal(play)).toMatch(
        /authority that isn't trusted here\. Give the authority as trustedCertificates/,
      );
    }
  });

  it("is checked against an IP address where the URI has one (TLS-03)", async () => {
    expect(await playTls({ host: "127.0.0.1", config: trusting }, ask)).toBe(1);
    const certificate = { hosts: ["localhost"] };
    expect(await refusal({ host: "127.0.0.1", certificate, config: trusting })).toMatch(
      /another host name than 127\.0\.0\.1/,
    );
  });
});

describe("the server's name", () => {
  /** A driver whose URI has a name that DNS doesn't know. */
  const resolved = (hosts: string[]) => (use: (message: string | unknown) => void) =>
    playTls({ certificate: { hosts }, config: trusting }, async (_, front) => {
      await using db = driver(`bolt://a.test:1`, auth.none(), {
        ...trusting,
        resolver: () => `localhost:${front.port}`,
        maxTransactionRetryTime: 0,
      });
      use(await ask(db).catch((error: Error) => error.message));
      return front.handshakes.map(({ serverName }) => serverName);
    });

  it("is what the resolver gives, not the URI's host and not an IP address (CONN-36)", async () => {
    expect(await resolved(["localhost"])((answer) => expect(answer).toBe(1))).toEqual(["localhost"]);
    await resolved(["a.test"])((answer) =>
      expect(answer).toMatch(/another host name than localhost: it is for a\.test/),
    );
  });
});

describe("one side that encrypts and one that doesn't", () => {
  it("are told apart when the server is the plain one, and nothing hangs (TLS-01)", async () => {
    const plain = createServer((socket) => void socket.on("data", () => {}).on("error", () => {}));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as { port: number };
    await using db = driver(`bolt+ssc://127.0.0.1:${port}`, auth.none(), {
      connectionTimeout: 60,
      maxTransactionRetryTime: 0,
    });
    const error = await failureOf(ask(db));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/within 60 ms/);
    plain.close();
  });

  it("are told apart when the client is the plain one (TLS-01)", async () => {
    await playTls({}, async (db) => {
      const error = await failureOf(ask(db));
      expect(error).toBeInstanceOf(ServiceUnavailable);
      expect(error.message).toMatch(/encryption.*bolt\+s/);
    });
  });
});

describe("sessions", () => {
  /** Connections one after another, each in a driver's pool of its own address. */
  async function reconnect(play: TlsPlay) {
    return playTls({ ...play, config: { ...play.config, maxConnectionLifetime: 0 } }, async (db, front) => {
      for (let i = 0; i < 3; i++) expect(await ask(db)).toBe(1);
      return front.handshakes.map(({ isResumed }) => isResumed);
    });
  }

  it.each(["TLSv1.2", "TLSv1.3"] as const)("of %s are resumed by the next connection (TLS-14)", async (version) => {
    const server = { minVersion: version, maxVersion: version };
    expect(await reconnect({ server, config: trusting })).toEqual([false, true, true]);
  });

  it("of a server that was trusted blindly are no way round the check of another driver (TLS-04)", async () => {
    await playTls({ certificate: { hosts: ["other.test"] }, config: trustingAll }, async (db, front) => {
      expect(await ask(db)).toBe(1);
      await using strict = driver(`bolt://localhost:${front.port}`, auth.none(), {
        ...trusting,
        maxTransactionRetryTime: 0,
      });
      expect((await failureOf(ask(strict))).message).toMatch(/another host name than localhost/);
    });
  });
});
