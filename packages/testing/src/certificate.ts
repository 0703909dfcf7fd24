import {
  createHash,
  generateKeyPair,
  type KeyObject,
  type KeyPairKeyObjectResult,
  randomBytes,
  sign,
} from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  time,
  utf8String,
} from "./der.ts";

const day = 86_400_000;
const usualHosts: readonly string[] = ["localhost", "127.0.0.1", "::1"];
const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));

/** A certificate and its private key, both as PEM text (the key as PKCS#8). */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate says. Wrong hosts or dates on purpose make the certificates that a client must refuse. */
export interface CertificateRequest {
  /** DNS names and IP addresses that it is valid for. Default: `localhost`, `127.0.0.1`, `::1`. */
  readonly hosts?: readonly string[];
  /** Its subject. Default: the first host. */
  readonly commonName?: string;
  /** Default: a day ago. */
  readonly validFrom?: Date;
  /** Default: in 30 days. */
  readonly validTo?: Date;
}

/** A certificate authority that lives in memory; its key never leaves it. */
export interface CertificateAuthority {
  /** The authority's own certificate, PEM: what a client must trust. */
  readonly certificate: string;
  /** Signs a new certificate for a server or a client. */
  issue(request?: CertificateRequest): Promise<CertificatePair>;
}

/**
 * Makes a certificate authority for tests. Needs no tool: keys and signatures are node:crypto's, the encoding is ours.
 *
 * @param commonName its name; two authorities of one name are still different ones.
 */
export async function createCertificateAuthority(commonName = "Fulgur test authority"): Promise<CertificateAuthority> {
  const pair = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
  const issuer = { name: nameOf(commonName), key: pair.privateKey, keyId: keyIdentifier(pair.publicKey) };
  const now = Date.now();
  const certificate = encode(issuer, {
    subject: issuer.name,
    publicKey: pair.publicKey,
    validFrom: new Date(now - 2 * day),
    validTo: new Date(now + 365 * day),
    extensions: [
      extension("2.5.29.19", true, sequence(boolean(true))),
      // keyCertSign and cRLSign.
      extension("2.5.29.15", true, bitString(Uint8Array.of(0b0000_0110), 1)),
    ],
  });
  return {
    certificate,
    async issue(request = {}) {
      const own = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
      return leaf(issuer, own, request);
    },
  };
}

/** A certificate that no authority signed, but its own key: as servers make them for themselves. */
export async function createSelfSignedCertificate(request: CertificateRequest = {}): Promise<CertificatePair> {
  const own = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
  const name = nameOf(subjectOf(request));
  return leaf({ name, key: own.privateKey, keyId: keyIdentifier(own.publicKey) }, own, request);
}

function subjectOf({ commonName, hosts = usualHosts }: CertificateRequest): string {
  return commonName ?? hosts[0] ?? "localhost";
}

function leaf(issuer: Issuer, own: KeyPairKeyObjectResult, request: CertificateRequest): CertificatePair {
  const { hosts = usualHosts, validFrom, validTo } = request;
  const certificate = encode(issuer, {
    subject: nameOf(subjectOf(request)),
    publicKey: own.publicKey,
    validFrom: validFrom ?? new Date(Date.now() - day),
    validTo: validTo ?? new Date(Date.now() + 30 * day),
    extensions: [
      extension("2.5.29.19", true, sequence()),
      // digitalSignature.
      extension("2.5.29.15", true, bitString(Uint8Array.of(0b1000_0000), 7)),
      // serverAuth and clientAuth.
      extension(
        "2.5.29.37",
        false,
        sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"), objectIdentifier("1.3.6.1.5.5.7.3.2")),
      ),
      ...(hosts.length === 0 ? [] : [extension("2.5.29.17", false, sequence(...hosts.map(hostName)))]),
    ],
  });
  return { certificate, key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

interface Issuer {
  readonly name: Uint8Array;
  readonly key: KeyObject;
  readonly keyId: Uint8Array;
}

interface Content {
  readonly subject: Uint8Array;
  readonly publicKey: KeyObject;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly extensions: readonly Uint8Array[];
}

function encode(issuer: Issuer, content: Content): string {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const toSign = sequence(
    // Version 3.
    tagged(0, integer(Uint8Array.of(2))),
    integer(serial),
    ecdsaWithSha256,
    issuer.name,
    sequence(time(content.validFrom), time(content.validTo)),
    content.subject,
    content.publicKey.export({ type: "spki", format: "der" }),
    tagged(
      3,
      sequence(
        ...content.extensions,
        extension("2.5.29.14", false, octetString(keyIdentifier(content.publicKey))),
        extension("2.5.29.35", false, sequence(tagged(0, issuer.keyId, false))),
      ),
    ),
  );
  const der = sequence(toSign, ecdsaWithSha256, bitString(sign("sha256", toSign, issuer.key)));
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function nameOf(commonName: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier("2.5.4.3"), utf8String(commonName))));
}

function extension(identifier: string, critical: boolean, content: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(identifier), ...(critical ? [boolean(true)] : []), octetString(content));
}

function keyIdentifier(publicKey: KeyObject): Uint8Array {
  return createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
}

function hostName(host: string): Uint8Array {
  if (isIP(host) === 0) return tagged(2, new TextEncoder().encode(host), false);
  return tagged(7, isIP(host) === 4 ? Uint8Array.from(host.split(".").map(Number)) : ipv6(host), false);
}

function ipv6(address: string): Uint8Array {
  // The URL parser settles embedded IPv4 and case.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const front = head.split(":").filter(Boolean);
  const back = (tail ?? "").split(":").filter(Boolean);
  const groups = [...front, ...new Array<string>(8 - front.length - back.length).fill("0"), ...back];
  return Uint8Array.from(
    groups.map((group) => Number.parseInt(group, 16)).flatMap((value) => [value >> 8, value & 0xff]),
  );
}
