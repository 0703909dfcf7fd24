import { type BoltVersion, boltVersions } from "@fulgur/neo4j-codec";
import { ConfigurationError } from "@fulgur/neo4j-types";
import { type AuthToken, checkedAuthToken } from "../auth/tokens.ts";
import { tlsSettings } from "../encryption.ts";
import { eachFailed, isOfOneAddress } from "../errors/addresses-tried.ts";
import { appendCallSite, callSite } from "../errors/call-site.ts";
import { serverAttributes, type TraceAttributes, traced } from "../tracing/tracing.ts";
import { openTransport } from "../transport/node.ts";
import type { Transport } from "../transport/transport.ts";
import { formatAddress, parseUri } from "../uri.ts";
import type { Connection } from "./connection.ts";
import { ConversationLog, loggingOf } from "./conversation-log.ts";
import { within } from "./deadline.ts";
import { logIn } from "./log-in.ts";
import type { Introduction } from "./opening.ts";
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
  const { keepAlive, connect: connector, signal } = options;
  const connectionTimeout = checkedTimeout("connectionTimeout", options.connectionTimeout);
  const loginTimeout = checkedTimeout("loginTimeout", options.loginTimeout);
  const writeTimeout = checkedTimeout("connectionWriteTimeout", options.connectionWriteTimeout);
  const open = options.openTransport ?? openTransport;
  const reach = (addresses: readonly string[] | undefined) => {
    const late = `The server at ${address} could not be connected to within ${connectionTimeout} ms (connectionTimeout).`;
    log.opening(tls !== undefined);
    return within(connectionTimeout, late, options, (signal) =>
      open({
        host: target.host,
        port: target.port,
        addresses,
        tls,
        keepAlive,
        writeTimeout,
        connect: connector,
        signal,
      }),
    );
  };
  const opened = (attributes: TraceAttributes | undefined) => {
    const late = `The server at ${address} did not let this client log in within ${loginTimeout} ms (loginTimeout).`;
    const context = { introduction, versions, isEncrypted: tls !== undefined, routed: target.routed, log, attributes };
    return firstToLetIn(address, reach, signal, (transport) =>
      within(loginTimeout, late, options, (signal) => logIn(transport, context, signal)),
    );
  };
  try {
    const about = () => ({ ...serverAttributes(address), "network.protocol.name": "bolt" });
    return await traced("neo4j:connect", about, opened);
  } catch (error) {
    log.failedToOpen(error);
    throw error instanceof Error ? appendCallSite(error, site) : error;
  }
}

/**
 * What a host's first address gives that can be reached and lets this client in: who accepts TCP, and TLS, need not speak Bolt.
 *
 * @param reach opens a stream to one of the addresses; absent: to one of all
 */
async function firstToLetIn<T>(
  address: string,
  reach: (addresses: readonly string[] | undefined) => Promise<Transport>,
  signal: AbortSignal | undefined,
  enter: (transport: Transport) => Promise<T>,
): Promise<T> {
  const failures: Error[] = [];
  for (let addresses: readonly string[] | undefined; ; ) {
    let transport: Transport | undefined;
    try {
      transport = await reach(addresses);
      return await enter(transport);
    } catch (error) {
      transport?.destroy();
      if (!isOfOneAddress(error) || signal?.aborted) throw error;
      failures.push(error);
      addresses = transport?.untried ?? [];
      if (addresses.length === 0) throw eachFailed(`No address of ${address} let this client log in.`, failures);
    }
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
