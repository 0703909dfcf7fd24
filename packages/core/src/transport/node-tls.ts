import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, connect, type TLSSocket } from "node:tls";
import { formatAddress } from "../uri.ts";
import { logKeys } from "./key-log.ts";
import type { OpeningFailure } from "./node-failure.ts";
import { ownStream, reach, unreachable } from "./node-reach.ts";
import { keepAliveDelay, SocketTransport } from "./node-socket.ts";
import { StreamTransport } from "./node-stream.ts";
import { readInto } from "./node-tcp.ts";
import { minVersion, type TlsContext, tlsContext } from "./tls-context.ts";
import type { TlsSettings, Transport, TransportTarget } from "./transport.ts";

/** Clusters have few members; addresses that come and go must not add up. */
const mostSessions = 100;

/** Opens a TLS connection on Node, Deno and Bun, over TCP or over the user's own stream: TLS 1.2 or newer (TLS-14). */
export async function openTls(target: TransportTarget, tls: TlsSettings): Promise<Transport> {
  const { port, keepAlive = true, signal } = target;
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
  };
  let transport: SocketTransport | undefined;
  const onread = readInto((bytes) => transport?.received(bytes));
  const overTcp = (host: string) =>
    connect({ ...options, host, port, onread } as ConnectionOptions)
      .setNoDelay(true)
      .setKeepAlive(keepAlive, keepAliveDelay);
  const socket =
    target.connect === undefined
      ? await reach(target, overTcp)
      : connect({ ...options, socket: await ownStream(target) });
  logKeys(socket);
  const resume = keepSession(socket, context, sessionKey);
  try {
    await secured(socket, target);
  } catch (error) {
    // It may have been the session's fault.
    context.sessions.delete(sessionKey);
    throw error;
  } finally {
    resume();
  }
  // Node reads into a buffer of ours only where it has made the socket itself.
  transport = new (target.connect === undefined ? SocketTransport : StreamTransport)(socket, target.writeTimeout);
  transport.watch();
  return transport;
}

/** Waits until what is sent over a socket is encrypted. */
function secured(socket: TLSSocket, target: TransportTarget): Promise<void> {
  const { signal } = target;
  return new Promise((resolve, reject) => {
    const aborted = () => settle(() => reject(signal?.reason));
    const failed = (error?: OpeningFailure) => settle(() => reject(unreachable(target, error)));
    const closed = () => failed();
    const settle = (outcome: () => void, keep = false) => {
      signal?.removeEventListener("abort", aborted);
      socket.off("error", failed).off("close", closed).off("secureConnect", done);
      // A late error of a socket that was given up must not end the process.
      if (!keep) socket.on("error", () => {}).destroy();
      outcome();
    };
    const done = () => settle(resolve, true);
    socket.once("error", failed).once("close", closed).once("secureConnect", done);
    if (signal?.aborted) aborted();
    else signal?.addEventListener("abort", aborted, { once: true });
  });
}

/** A session is kept once the certificate was checked: whoever resumes it doesn't check the name again. */
function keepSession(socket: TLSSocket, { sessions }: TlsContext, key: string): () => void {
  let latest: Uint8Array | undefined;
  let isChecked = false;
  const keep = () => {
    if (!isChecked || latest === undefined) return;
    sessions.delete(key);
    sessions.set(key, latest);
    const [oldest] = sessions.keys();
    if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest);
  };
  socket.on("session", (session: Uint8Array) => {
    latest = session;
    keep();
  });
  return () => {
    isChecked = !socket.destroyed;
    keep();
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
