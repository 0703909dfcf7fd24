import { formatAddress } from "../uri.ts";
import type { TransportTarget } from "./transport.ts";

/** An error of the platform: `code` says what happened. */
export interface OpeningFailure extends Error {
  readonly code?: string;
  /** Which of the name's addresses was tried. */
  readonly address?: string;
  readonly port?: number;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Is the server running, and is this its Bolt port?",
  ENOTFOUND: "the name isn't known",
  EAI_AGAIN: "the name can't be looked up at the moment",
  ETIMEDOUT: "it doesn't answer",
  EHOSTUNREACH: "there is no way to this host",
  ENETUNREACH: "there is no way to its network",
  ECONNRESET: "it closed the connection",
  EPROTO: "it doesn't speak TLS there. Use bolt:// or neo4j:// if it doesn't encrypt",
  ERR_SSL_WRONG_VERSION_NUMBER: "it doesn't speak TLS there. Use bolt:// or neo4j:// if it doesn't encrypt",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it doesn't speak TLS there. Use bolt:// or neo4j:// if it doesn't encrypt",
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted("it signed its certificate itself"),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted("its certificate comes from an authority that isn't trusted here"),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted("its certificate comes from an authority that isn't trusted here"),
  UNABLE_TO_GET_ISSUER_CERT: untrusted("its certificate comes from an authority that isn't trusted here"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted("its certificate comes from an authority that isn't trusted here"),
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name",
};

/** What a person can do with the platform's error. */
export function whyUnreachable(error: OpeningFailure | undefined, target: TransportTarget): string {
  if (error === undefined) {
    return target.tls === undefined
      ? "it closed the connection at once"
      : "it closed the connection during the TLS handshake. Use bolt:// or neo4j:// if it doesn't encrypt";
  }
  const tried = error instanceof AggregateError ? (error.errors as OpeningFailure[]) : [];
  if (tried.length > 1) return `each of its addresses was tried. ${tried.map((one) => whyNot(one, target)).join("; ")}`;
  const first = tried[0] ?? error;
  const code = error.code ?? first.code;
  const reason = code === undefined ? undefined : reasons[code];
  if (code === "ECONNRESET" && target.tls !== undefined) return whyUnreachable(undefined, target);
  if (reason === undefined) return `${first.message || error.message}${code === undefined ? "" : ` (${code})`}`;
  return `${reason} (${code})`;
}

/** Why one of several addresses failed. */
function whyNot(error: OpeningFailure, target: TransportTarget): string {
  const { address = target.host, port = target.port } = error;
  return `${formatAddress({ host: address, port })}: ${whyUnreachable(error, target)}`;
}

function untrusted(what: string): string {
  return `${what}. Give the authority as trustedCertificates, or use bolt+ssc:// or neo4j+ssc:// to accept any certificate`;
}
