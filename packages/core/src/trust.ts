import { ConfigurationError } from "@fulgur/neo4j-types";

/** How a scheme judges a server's certificate. */
export type Trust =
  /** Only a certificate that an authority of the system signed for this host. (TLS-03) */
  | "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"
  /** Any: the traffic is encrypted, but nobody knows with whom. (TLS-04) */
  | "TRUST_ALL_CERTIFICATES";

/**
 * One or more certificates or keys: the path of a file, a `file:` URL, PEM text, or bytes (PEM, or one certificate in DER). A text that
 * has `-----BEGIN` in it is PEM, any other is a path.
 */
export type CertificateSource = string | URL | Uint8Array;

/** Whose signature a server's certificate needs: the authorities listed here, or one of npm's two names. (TLS-02, TLS-05) */
export type TrustedCertificates = Trust | readonly CertificateSource[];

const option = "trustedCertificates";
const names: readonly Trust[] = ["TRUST_SYSTEM_CA_SIGNED_CERTIFICATES", "TRUST_ALL_CERTIFICATES"];

/**
 * Checks what is given as `trustedCertificates`; files aren't read yet. A list is copied, unless it is frozen already: connections with the
 * same list share what is read from it.
 *
 * @throws ConfigurationError; nothing of a value is repeated.
 */
export function checkTrustedCertificates(value: unknown): TrustedCertificates | undefined {
  if (value === undefined || value === null) return undefined;
  const name = names.find((one) => one === value);
  if (name !== undefined) return name;
  const isOne = isCertificateSource(value) && !isMisspelt(value);
  if (isOne) return Object.freeze([value]);
  const list = isIterable(value) ? [...value] : undefined;
  if (list !== undefined && list.length > 0 && list.every(isCertificateSource)) {
    return Array.isArray(value) && Object.isFrozen(value) ? value : Object.freeze(list);
  }
  throw new ConfigurationError(
    `The option \`${option}\` must be a list of certificate authorities (paths of files, PEM texts, file URLs or bytes), or one of ${names.map((one) => JSON.stringify(one)).join(", ")}.`,
    { option },
  );
}

export function isCertificateSource(value: unknown): value is CertificateSource {
  return (typeof value === "string" && value !== "") || value instanceof URL || value instanceof Uint8Array;
}

/** Nobody calls a file so, and whoever wants all or none must not get what he didn't ask for. */
function isMisspelt(value: CertificateSource): boolean {
  return typeof value === "string" && (/^TRUST_/.test(value) || !/[./\\]|-----BEGIN/.test(value));
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array) && Symbol.iterator in value;
}
