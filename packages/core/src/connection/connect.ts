import { type BoltVersion, boltVersions } from "@fulgur/neo4j-codec";
import { ConfigurationError } from "@fulgur/neo4j-types";
import { type AuthToken, checkedAuthToken } from "../auth/tokens.ts";
import { tlsSettings } from "../encryption.ts";
import { eachFailed, isOfOneAddress } from "../errors/addresses-tried.ts";
import { ServiceUnavailable } from "../errors/availability-errors.ts";
import { appendCallSite, callSite } from "../errors/call-site.ts";
import { type Negotiated, Negotiation } from "../handshake/negotiate.ts";
import { serverAttributes, type TraceAttributes, traced } from "../tracing/tracing.ts";
import { openTransport } from "../transport/node.ts";
import type { Transport } from "../transport/transport.ts";
import { formatAddress, parseUri } from "../uri.ts";
import { BoltConnection } from "./bolt-connection.ts";
import type { Connection } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import { ConversationLog, loggingOf } from "./conversation-log.ts";
import { startDeadline } from "./deadline.ts";
import { codecFor, type Introduction, open } from "./opening.ts";
import type { ConnectOptions } from "./options.ts";

const defaultTimeout = 30_000;

/**
 * Opens one connection: TCP, TLS where the scheme or the options ask for it, handshake, HELLO and LOGON.
 *
 * @param uri `bolt://host:port`, or another of the six schemes. One server is connected to, whatever the scheme.
 * @param auth who connects; nobody if left out.
 * @throws ConfigurationError for a bad URI or option; CertificateConfigurationError for certificates and keys that can't be used;
 * ServiceUnavailable if the server can't be reached, isn't a Bolt server
 * or takes longer than `connectionTimeout` and `loginTimeout` allow; UnsupportedServerProduct without a common version; AuthError for bad credentials.
 *
 * @example
 * ```ts
 * await using connection = await connect("bolt://localhost:7687", auth.basic("neo4j", password));
 * for await (const row of connection.run("UNWIND [1, 2, 3] AS n RETURN n").objects()) console.log(row.n);
 * ```
 */
export async function connect(
  uri: string | URL,
  auth?: AuthToken | null,
  options: ConnectOptions = {},
): Promise<Connection> {
  const { site = callSite(connect) } = options;
  const target = parseUri(uri);
  const address = formatAddress(target);
  const tls = tlsSettings(target, options);
  const versions = checkedVersions(options.boltVersions);
  const introduction: Introduction = {
    address,
    auth: checkedAuthToken(auth),
    routing: options.routingContext ?? (target.routed ? { address, ...target.routingContext } : null),
    options,
  };
  const log = new ConversationLog(loggingOf(options.logging), address);
  const { keepAlive, connect: connector, clock, signal } = options;
  const connectionTimeout = checkedTimeout("connectionTimeout", options.connectionTimeout);
  const loginTimeout = checkedTimeout("loginTimeout", options.loginTimeout);
  const writeTimeout = checkedTimeout("connectionWriteTimeout", options.connectionWriteTimeout);
  const within = async <T>(ms: number, late: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const deadline = startDeadline(ms, () => new ServiceUnavailable(late), clock, signal);
    try {
      deadline.signal.throwIfAborted();
      return await work(deadline.signal);
    } finally {
      deadline.release();
    }
  };
  const unreached = `The server at ${address} could not be connected to within ${connectionTimeout} ms (connectionTimeout).`;
  const reach = (addresses: readonly string[] | undefined) =>
    within(connectionTimeout, unreached, (signal) => {
      log.opening(tls !== undefined);
      const { host, port } = target;
      const open = options.openTransport ?? openTransport;
      return open({ host, port, addresses, tls, keepAlive, writeTimeout, connect: connector, signal });
    });
  const silent = `The server at ${address} did not let this client log in within ${loginTimeout} ms (loginTimeout).`;
  const logIn = (transport: Transport, attributes: TraceAttributes | undefined) =>
    within(loginTimeout, silent, async (signal) => {
      const negotiated = await negotiate(transport, address, versions, tls !== undefined, signal);
      log.negotiated(negotiated.version);
      if (attributes !== undefined) attributes["network.protocol.version"] = negotiated.version;
      return await converse(transport, negotiated, introduction, target.routed, signal, log);
    });
  const opened = async (attributes: TraceAttributes | undefined) => {
    const failures: Error[] = [];
    // Who accepts TCP, and TLS, need not speak Bolt: the host's other addresses are then tried.
    for (let addresses: readonly string[] | undefined; ; ) {
      let transport: Transport | undefined;
      try {
        transport = await reach(addresses);
        return await logIn(transport, attributes);
      } catch (error) {
        transport?.destroy();
        if (!isOfOneAddress(error) || signal?.aborted) throw error;
        failures.push(error);
        addresses = transport?.untried ?? [];
        if (addresses.length === 0) throw eachFailed(`No address of ${address} let this client log in.`, failures);
      }
    }
  };
  try {
    const about = () => ({ ...serverAttributes(address), "network.protocol.name": "bolt" });
    return await traced("neo4j:connect", about, opened);
  } catch (error) {
    log.failedToOpen(error);
    throw error instanceof Error ? appendCallSite(error, site) : error;
  }
}

function negotiate(
  transport: Transport,
  address: string,
  versions: readonly BoltVersion[],
  isEncrypted: boolean,
  signal: AbortSignal,
): Promise<Negotiated> {
  const negotiation = new Negotiation(address, versions, isEncrypted);
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    transport.listener = {
      received(bytes) {
        try {
          const negotiated = negotiation.receive(bytes);
          if (negotiated === undefined) return;
          // What comes next is the conversation's; until it listens nothing else can arrive.
          resolve(negotiated);
        } catch (error) {
          reject(error);
        }
      },
      closed: (error) => reject(negotiation.ended(error)),
    };
    if (signal.aborted) reject(signal.reason);
    else transport.write([negotiation.opening()]);
  });
}

async function converse(
  transport: Transport,
  { version, reply, rest }: Negotiated,
  introduction: Introduction,
  routed: boolean,
  signal: AbortSignal,
  log: ConversationLog,
): Promise<Connection> {
  const { options, address } = introduction;
  const { clock } = options;
  let isOpen = false;
  const conversation = new Conversation(transport, codecFor(version, options), {
    address,
    routed,
    clock,
    log,
    // Until it is open, a failure is the caller's, who gets no connection.
    onClose: (error) => {
      if (isOpen) options.onClose?.(error);
    },
  });
  if (reply.length > 0) conversation.prepend(reply);
  if (rest.length > 0) conversation.received(rest);
  const abort = () => conversation.destroy(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const connection = new BoltConnection(conversation, await open(conversation, introduction));
    isOpen = true;
    return connection;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function checkedVersions(versions: readonly BoltVersion[] | undefined): readonly BoltVersion[] {
  if (versions === undefined) return boltVersions;
  const strange = versions.find((version) => !boltVersions.includes(version));
  if (versions.length > 0 && strange === undefined) return versions;
  throw new ConfigurationError(
    `boltVersions has to be a list of one or more of ${boltVersions.join(", ")}${strange === undefined ? "" : `; ${String(strange)} is none`}.`,
    { option: "boltVersions" },
  );
}

function checkedTimeout(option: Extract<keyof ConnectOptions, `${string}Timeout`>, ms = defaultTimeout): number {
  if (typeof ms === "number" && ms >= 0 && ms <= 2 ** 31 - 1) return ms;
  throw new ConfigurationError(`${option} has to be a number of milliseconds, 0 for no limit.`, { option });
}
