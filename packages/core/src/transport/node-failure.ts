import { formatAddress } from "../uri.ts";
import { whyNoTls } from "./tls-failure.ts";
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
};

const closedInTls =
  "it closed the connection during the TLS handshake. Use bolt:// or neo4j:// if it doesn't encrypt, and clientCertificate if it wants a certificate";

/** What a person can do with the platform's error. */
export function whyUnreachable(error: OpeningFailure, target: TransportTarget): string {
  const tried = error instanceof AggregateError ? (error.errors as OpeningFailure[]) : [];
  if (tried.length > 1) return `each of its addresses was tried. ${tried.map((one) => whyNot(one, target)).join("; ")}`;
  const first = tried[0] ?? error;
  const code = error.code ?? first.code;
  if (code === "ECONNRESET" && target.tls !== undefined) return closedInTls;
  const reason =
    whyNoTls(error, target.tls?.serverName ?? target.host) ?? (code === undefined ? undefined : reasons[code]);
  if (reason === undefined) return `${first.message || error.message}${code === undefined ? "" : ` (${code})`}`;
  return `${reason} (${code})`;
}

/** Why one of several addresses failed. */
function whyNot(error: OpeningFailure, target: TransportTarget): string {
  const { address = target.host, port = target.port } = error;
  return `${formatAddress({ host: address, port })}: ${whyUnreachable(error, target)}`;
}
