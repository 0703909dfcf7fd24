import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import { CertificateConfigurationError } from "../errors/configuration-errors.ts";
import { keepAliveDelay } from "./node-socket.ts";
import { openSocket } from "./node-tcp.ts";
import { systemAuthorities } from "./system-authorities.ts";
import type { TlsSettings, Transport, TransportTarget } from "./transport.ts";

/** Opens a TLS connection on Node, Deno and Bun: TLS 1.2 or newer (TLS-14). */
export async function openTls(target: TransportTarget, tls: TlsSettings): Promise<Transport> {
  const { host, port, keepAlive = true, signal } = target;
  const options: ConnectionOptions = {
    host,
    port,
    minVersion: "TLSv1.2",
    rejectUnauthorized: !tls.trustAll,
    ...authorityOption(tls),
  };
  // An IP address is no server name in TLS; the certificate is then checked against the address itself.
  if (isIP(tls.serverName) === 0) options.servername = tls.serverName;
  return openSocket(target, signal, "secureConnect", (onread) => {
    const socket = connect({ ...options, onread } as ConnectionOptions);
    return socket.setNoDelay(true).setKeepAlive(keepAlive, keepAliveDelay);
  });
}

function authorityOption({ trustAll, authorities }: TlsSettings): Pick<ConnectionOptions, "ca"> {
  if (trustAll) return {};
  if (authorities === undefined) {
    const system = systemAuthorities();
    return system === undefined ? {} : { ca: system };
  }
  return { ca: authorities.map(checkedPem) };
}

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Node itself passes over text that it can't read, and then trusts nobody. (TLS-15) */
function checkedPem(pem: string, index: number): string {
  const refuse = (what: string, cause?: unknown): never => {
    throw new CertificateConfigurationError(`trustedCertificates[${index}] ${what}`, {
      option: "trustedCertificates",
      cause,
    });
  };
  const found = typeof pem === "string" ? (pem.match(certificate) ?? []) : [];
  if (found.length === 0) {
    refuse("holds no certificate: give the PEM text itself, from -----BEGIN CERTIFICATE----- on.");
  }
  for (const text of found) {
    try {
      new X509Certificate(text);
    } catch (error) {
      refuse("can't be read as a certificate.", error);
    }
  }
  return pem;
}
