import { readFileSync } from "node:fs";
import process from "node:process";
import * as tls from "node:tls";

/** Where Linux distributions keep the authorities that they trust. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

let known: { readonly pem: string[] | undefined } | undefined;

/**
 * The certificate authorities that the system trusts, and those of NODE_EXTRA_CA_CERTS; read once. (TLS-03)
 *
 * @returns `undefined` when the system's can't be found: then the runtime's own apply, and a warning says so.
 */
export function systemAuthorities(): string[] | undefined {
  known ??= { pem: readSystem() };
  return known.pem;
}

function readSystem(): string[] | undefined {
  // Node 22.15 and newer can ask the system itself.
  if (typeof tls.getCACertificates === "function") {
    const system = tls.getCACertificates("system");
    if (system.length > 0) return [...system, ...tls.getCACertificates("extra")];
  }
  const extra = process.env["NODE_EXTRA_CA_CERTS"];
  const named = process.env["SSL_CERT_FILE"];
  const candidates = named ? [named] : process.platform === "linux" ? bundles : [];
  for (const path of candidates) {
    const pem = read(path);
    if (pem !== undefined) return [pem, ...(extra ? [read(extra) ?? ""] : [])];
  }
  process.emitWarning(
    "The system's certificate authorities can't be found, so those that come with the runtime are trusted. Give the authorities to trust as trustedCertificates.",
    { code: "FULGUR_SYSTEM_AUTHORITIES" },
  );
  return undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
