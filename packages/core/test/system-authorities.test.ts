/** Whose signatures are trusted on a runtime that can't ask the system. (TLS) */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { ca, cert } from "./certificates.ts";

const folder = mkdtempSync(join(tmpdir(), "fulgur-authorities-"));
const bundle = join(folder, "bundle.pem");
const extra = join(folder, "extra.pem");
writeFileSync(bundle, ca);
writeFileSync(extra, cert);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
  vi.doUnmock("node:tls");
  vi.doUnmock("node:fs");
});

/** A fresh module, which has read nothing yet. */
async function authorities(tls: object, files?: Readonly<Record<string, string>>) {
  vi.resetModules();
  vi.doMock("node:tls", () => ({ getCACertificates: undefined, ...tls }));
  if (files !== undefined) {
    const readFileSync = (path: string) => {
      if (files[path] === undefined) throw new Error("ENOENT");
      return files[path];
    };
    vi.doMock("node:fs", () => ({ readFileSync }));
  }
  const { systemAuthorities } = await import("../src/transport/system-authorities.ts");
  return systemAuthorities;
}

describe("the system's authorities", () => {
  it("are what the runtime says they are, and those that the environment adds (TLS-03)", async () => {
    const read = await authorities({ getCACertificates: (kind: string) => [`${kind} one`, `${kind} two`] });
    expect(read()).toEqual(["system one", "system two", "extra one", "extra two"]);
  });

  it("are those that SSL_CERT_FILE names where the runtime can't say it, with NODE_EXTRA_CA_CERTS (TLS-03)", async () => {
    vi.stubEnv("SSL_CERT_FILE", bundle);
    vi.stubEnv("NODE_EXTRA_CA_CERTS", "");
    expect((await authorities({}))()).toEqual([ca]);
    vi.stubEnv("NODE_EXTRA_CA_CERTS", extra);
    expect((await authorities({}))()).toEqual([ca, cert]);
  });

  it("are the distribution's where nothing is named (TLS-03)", async () => {
    vi.spyOn(process, "platform", "get").mockReturnValue("linux");
    vi.stubEnv("SSL_CERT_FILE", "");
    vi.stubEnv("NODE_EXTRA_CA_CERTS", "");
    expect((await authorities({}, { "/etc/pki/tls/certs/ca-bundle.crt": "red" }))()).toEqual(["red"]);
    expect((await authorities({ getCACertificates: () => [] }, { "/etc/ssl/cert.pem": "alpine" }))()).toEqual([
      "alpine",
    ]);
  });

  it("are the runtime's own where none can be found, and a warning says so once (TLS-03)", async () => {
    vi.stubEnv("SSL_CERT_FILE", join(folder, "nowhere.pem"));
    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const read = await authorities({});
    expect([read(), read()]).toEqual([undefined, undefined]);
    expect(warnings.mock.calls).toEqual([
      [expect.stringContaining("trustedCertificates"), { code: "FULGUR_SYSTEM_AUTHORITIES" }],
    ]);
  });
});
