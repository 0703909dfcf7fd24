import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { ConfigurationError } from "@fulgur/neo4j-types";
import {
  type ClientCertificate,
  type ClientCertificateProvider,
  checkedCertificate,
  type KeyFile,
  type Passphrase,
} from "../client-certificate.ts";
import type { CertificateSource } from "../trust.ts";
import { readCertificates, readSource, unusable } from "./certificate-files.ts";

/** A client's certificates and keys, read and checked; all connections that are opened with them share the object. */
export interface ClientIdentity {
  readonly cert: readonly string[];
  readonly key: readonly string[];
}

interface Provided {
  /** The last one that could be read. */
  current: ClientIdentity | undefined;
  /** The one who asks the provider now; others that open a connection meanwhile use what it finds. */
  asking: Promise<ClientIdentity> | undefined;
  /** What the provider gave and what couldn't be read yet: it says only once that it is new. */
  unread: ClientCertificate | undefined;
}

const known = /* @__PURE__ */ new WeakMap<ClientCertificateProvider, Provided>();

/** Who this client is for a connection that is opened now. (TLS-09, TLS-10) */
export async function clientIdentity(provider: ClientCertificateProvider): Promise<ClientIdentity> {
  let provided = known.get(provider);
  if (provided === undefined) {
    provided = { current: undefined, asking: undefined, unread: undefined };
    known.set(provider, provided);
  }
  const { asking = ask(provider, provided) } = provided;
  provided.asking = asking;
  try {
    return await asking;
  } finally {
    if (provided.asking === asking) provided.asking = undefined;
  }
}

async function ask(provider: ClientCertificateProvider, provided: Provided): Promise<ClientIdentity> {
  const isFirst = provided.current === undefined && provided.unread === undefined;
  try {
    if ((await provider.hasUpdate()) || isFirst) {
      provided.unread = checkedCertificate(await provider.getClientCertificate());
    }
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw unusable("clientCertificate", "has a provider that failed.", cause);
  }
  if (provided.unread !== undefined) {
    provided.current = await read(provided.unread);
    provided.unread = undefined;
  }
  return provided.current!;
}

async function read({ certfile, keyfile, password }: ClientCertificate): Promise<ClientIdentity> {
  const cert = await Promise.all(
    listOf(certfile).map((source) => readCertificates(source, "clientCertificate.certfile")),
  );
  const given = listOf<CertificateSource | KeyFile>(keyfile);
  const sources = given.length === 0 ? listOf(certfile) : given;
  const keys = await Promise.all(sources.map((source) => readKey(source, password, given.length === 0)));
  const certificates = cert.map((pem) => new X509Certificate(pem));
  for (const key of keys) {
    if (certificates.some((one) => one.checkPrivateKey(key))) continue;
    throw unusable("clientCertificate.keyfile", "holds a key that doesn't belong to the certificate of certfile.");
  }
  return { cert, key: keys.map((key) => key.export({ type: "pkcs8", format: "pem" }).toString()) };
}

async function readKey(
  source: CertificateSource | KeyFile,
  password: Passphrase | undefined,
  isCombined: boolean,
): Promise<KeyObject> {
  const { path, password: own = password } =
    typeof source === "object" && "path" in source ? source : { path: source, password };
  const option = `clientCertificate.${isCombined ? "certfile" : "keyfile"}`;
  const { text } = await readSource(path, option);
  const [pem] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/.exec(text) ?? [];
  if (pem === undefined) {
    const advice = isCombined ? "give the key as keyfile, or in the same file" : "PEM text is expected";
    throw unusable(option, `holds no private key: ${advice}.`);
  }
  const passphrase = typeof own === "function" ? await own() : own;
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // What the platform says isn't passed on: nothing of a key belongs into a message.
    if (!/ENCRYPTED/.test(pem)) throw unusable(option, "holds a private key that can't be read.");
    throw passphrase === undefined
      ? unusable("clientCertificate.password", "is missing: the key is encrypted.")
      : unusable("clientCertificate.password", "doesn't open the key.");
  }
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as T];
}
