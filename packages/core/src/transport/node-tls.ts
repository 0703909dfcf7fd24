import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, connect, type TLSSocket } from "node:tls";
import { formatAddress } from "../uri.ts";
import { logKeys } from "./key-log.ts";
import { keepAliveDelay } from "./node-socket.ts";
import { openSocket } from "./node-tcp.ts";
import { minVersion, type TlsContext, tlsContext } from "./tls-context.ts";
import type { TlsSettings, Transport, TransportTarget } from "./transport.ts";

/** Opens a TLS connection on Node, Deno and Bun: TLS 1.2 or newer (TLS-14). */
export async function openTls(target: TransportTarget, tls: TlsSettings): Promise<Transport> {
  const { host, port, keepAlive = true, signal } = target;
  const context = await untilAborted(tlsContext(tls), signal);
  const sessionKey = `${formatAddress(target)} ${tls.serverName}`;
  const session = context.sessions.get(sessionKey);
  const options: ConnectionOptions = {
    minVersion,
    rejectUnauthorized: !tls.trustAll,
    // An IP address is no server name in TLS; the certificate is then checked against the address itself.
    ...(isIP(tls.serverName) === 0 ? { servername: tls.serverName } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(tls.serverName, certificate),
    ...(isSecureContext(tls.options) ? {} : tls.options),
    ...(session === undefined ? {} : { session: session as Buffer }),
    secureContext: context.secure,
    host,
    port,
  };
  let resume: () => void = () => {};
  try {
    return await openSocket(target, signal, "secureConnect", (onread) => {
      const socket = connect({ ...options, onread } as ConnectionOptions);
      logKeys(socket);
      resume = keepSession(socket, context, sessionKey);
      return socket.setNoDelay(true).setKeepAlive(keepAlive, keepAliveDelay);
    });
  } catch (error) {
    // It may have been the session's fault.
    context.sessions.delete(sessionKey);
    throw error;
  } finally {
    resume();
  }
}

/** A session is kept once the certificate was checked: whoever resumes it doesn't check the name again. */
function keepSession(socket: TLSSocket, { sessions }: TlsContext, key: string): () => void {
  let latest: Uint8Array | undefined;
  let isChecked = false;
  socket.on("session", (session: Uint8Array) => {
    latest = session;
    if (isChecked) sessions.set(key, session);
  });
  return () => {
    isChecked = !socket.destroyed;
    if (isChecked && latest !== undefined) sessions.set(key, latest);
  };
}

function isSecureContext(options: object | undefined): boolean {
  return options !== undefined && "context" in options;
}

/** A certificate's provider may take for ever. (TLS-11) */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", stop));
}
