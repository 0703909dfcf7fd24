import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, connect, type TLSSocket } from "node:tls";
import { unlessAborted } from "../unless-aborted.ts";
import { formatAddress } from "../uri.ts";
import { logKeys } from "./key-log.ts";
import type { OpeningFailure } from "./node-failure.ts";
import { ownStream, reach, ready, unreachable } from "./node-reach.ts";
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
  // A certificate's provider may take for ever. (TLS-11)
  const context = await unlessAborted(tlsContext(tls), signal);
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
  /** Its session is kept for the next connection when TLS stands. */
  const secured = async (socket: TLSSocket, stop: AbortSignal | undefined): Promise<TLSSocket> => {
    logKeys(socket);
    const resume = keepSession(socket, context, sessionKey);
    try {
      return await ready(socket, "secureConnect", stop);
    } catch (error) {
      // It may have been the session's fault.
      context.sessions.delete(sessionKey);
      throw error;
    } finally {
      resume();
    }
  };
  if (target.connect !== undefined) {
    const socket = connect({ ...options, socket: await ownStream(target) });
    return watched(new StreamTransport(await overOwnStream(secured(socket, signal), target), target.writeTimeout));
  }
  let transport: SocketTransport | undefined;
  const onread = readInto((bytes) => transport?.received(bytes));
  const { socket, untried } = await reach(target, (host, stop) => {
    const socket = connect({ ...options, host, port, onread } as ConnectionOptions);
    return secured(socket.setNoDelay(true).setKeepAlive(keepAlive, keepAliveDelay), stop);
  });
  return watched((transport = new SocketTransport(socket, target.writeTimeout, untried)));
}

function watched<T extends SocketTransport>(transport: T): T {
  transport.watch();
  return transport;
}

async function overOwnStream(secured: Promise<TLSSocket>, target: TransportTarget): Promise<TLSSocket> {
  try {
    return await secured;
  } catch (error) {
    if (target.signal?.aborted) throw target.signal.reason;
    throw unreachable(target, error as OpeningFailure);
  }
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
