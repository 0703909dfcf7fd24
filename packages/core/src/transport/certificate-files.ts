import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CertificateConfigurationError } from "../errors/configuration-errors.ts";
import type { CertificateSource } from "../trust.ts";

const certificate = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The PEM text of authorities or of a client's certificates, each of which can be read. (TLS-15) */
export async function readCertificates(source: CertificateSource, option: string): Promise<string> {
  const { text, bytes } = await readSource(source, option);
  const found = text.match(certificate) ?? [];
  if (found.length > 0) {
    // Node itself passes over what it can't read, and then trusts nobody.
    for (const one of found) parsed(one, option);
    return found.join("\n");
  }
  if (bytes !== undefined && bytes[0] === derSequence) return parsed(bytes, option).toString();
  throw unusable(option, "holds no certificate: PEM text with -----BEGIN CERTIFICATE----- is expected.");
}

/** What DER of a certificate begins with. */
const derSequence = 0x30;

function parsed(text: string | Uint8Array, option: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw unusable(option, "can't be read as a certificate.", cause);
  }
}

/** The text of a source; the bytes, too, where they came as such. */
export async function readSource(
  source: CertificateSource,
  option: string,
): Promise<{ readonly text: string; readonly bytes?: Uint8Array }> {
  if (typeof source === "string" && source.includes("-----BEGIN")) return { text: source };
  const bytes = source instanceof Uint8Array ? source : await readBytes(source, option);
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"), bytes };
}

async function readBytes(path: string | URL, option: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    // Neither the path nor the platform's error, which repeats it: it may be a key that somebody took for a path's place.
    const { code } = error as { code?: string };
    const why = code === "ENOENT" ? "there is no such file" : "the file can't be read";
    throw unusable(option, `can't be used: ${why} (${code}). Give a path, a file URL, or the PEM text itself.`);
  }
}

export function unusable(option: string, what: string, cause?: unknown): CertificateConfigurationError {
  return new CertificateConfigurationError(`The option \`${option}\` ${what}`, { option, cause });
}
