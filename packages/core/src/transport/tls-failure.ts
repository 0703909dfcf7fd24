/** What an error of TLS means, and what a person can do. */

interface TlsError extends Error {
  readonly code?: string;
  /** With ERR_TLS_CERT_ALTNAME_INVALID. */
  readonly cert?: { readonly subjectaltname?: string };
}

const plain = "it doesn't speak TLS there. Use bolt:// or neo4j:// if it doesn't encrypt";
const tooOld = "it speaks no TLS that is new enough: 1.2 is the least";
const unknownAuthority = untrusted("its certificate comes from an authority that isn't trusted here");
const noClient = "it wants a client certificate: give clientCertificate";
const otherClient = "it doesn't accept the certificate given as clientCertificate";

const reasons: Readonly<Record<string, string>> = {
  EPROTO: plain,
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  ERR_SSL_UNSUPPORTED_PROTOCOL: tooOld,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: tooOld,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted("it signed its certificate itself"),
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate isn't valid yet. Is this machine's clock right?",
  CERT_REVOKED: "its certificate was revoked",
  INVALID_PURPOSE: "its certificate isn't for servers",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: noClient,
};

/** Alerts have several names, by the version of OpenSSL. */
const alerts: readonly [RegExp, string][] = [
  [/ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE)/, `${otherClient}, or ${noClient}`],
  [/ALERT_CERTIFICATE_(EXPIRED|REVOKED)/, otherClient],
  [/ALERT_HANDSHAKE_FAILURE/, `it can't agree on how to encrypt, or ${noClient}`],
];

/** `undefined` for an error that isn't of TLS. */
export function whyNoTls(error: Error, serverName: string): string | undefined {
  const { code, cert } = error as TlsError;
  if (code === undefined) return undefined;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = cert?.subjectaltname?.replace(/\b(DNS|IP Address):/g, "");
    return `its certificate is for another host name than ${serverName}${names ? `: it is for ${names}` : ""}`;
  }
  const reason = reasons[code] ?? alerts.find(([pattern]) => pattern.test(code))?.[1];
  return reason;
}

function untrusted(what: string): string {
  return `${what}. Give the authority as trustedCertificates, with encrypted: true and bolt:// or neo4j://; or use bolt+ssc:// or neo4j+ssc:// to accept any certificate`;
}
