/** From a target to a connected stream: DNS, each of its addresses, TCP; or the user's own way. */
import { lookup } from "node:dns/promises";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { ServiceUnavailable } from "../errors/availability-errors.ts";
import { formatAddress } from "../uri.ts";
import { firstToSucceed } from "./first-to-succeed.ts";
import { type OpeningFailure, whyUnreachable } from "./node-failure.ts";
import type { TransportTarget } from "./transport.ts";

/** How long an address may take before the next one of its name is tried beside it, in ms: RFC 8305's connection attempt delay. */
const attemptDelay = 250;

/** The IP addresses of a name. */
export type Lookup = (host: string) => Promise<readonly string[]>;

const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * A socket that is connected to the first of the host's addresses that lets it.
 *
 * @param create begins to connect to an address
 * @throws ServiceUnavailable with every address's failure
 */
export async function reach<S extends Socket>(
  target: TransportTarget,
  create: (address: string) => S,
  addressesOf = systemLookup,
): Promise<S> {
  const { host, signal } = target;
  try {
    const addresses = isIP(host) === 0 ? await unlessAborted(addressesOf(host), signal) : [host];
    const attempts = byTurns(addresses).map((address) => (stop: AbortSignal) => connected(create(address), stop));
    return await firstToSucceed(attempts, attemptDelay, (socket) => socket.destroy(), signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(target, error as OpeningFailure);
  }
}

export function unreachable(target: TransportTarget, error?: OpeningFailure): ServiceUnavailable {
  return new ServiceUnavailable(
    `Could not connect to ${formatAddress(target)}: ${whyUnreachable(error, target)}.`,
    error === undefined ? {} : { cause: error },
  );
}

/** IPv6 and IPv4 in turn, as DNS orders each: when one of them leads nowhere the other comes soon. */
function byTurns(addresses: readonly string[]): readonly string[] {
  const [first = ""] = addresses;
  const family = isIP(first);
  const same = addresses.filter((address) => isIP(address) === family);
  const other = addresses.filter((address) => isIP(address) !== family);
  return addresses.map(
    (_, at) => (at % 2 === 0 ? (same.shift() ?? other.shift()) : (other.shift() ?? same.shift())) ?? first,
  );
}

/** Waits until TCP is connected. */
function connected<S extends Socket>(socket: S, stop: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void, keep = false) => {
      stop.removeEventListener("abort", stopped);
      socket.off("error", failed).off("connect", done);
      // A late error of a socket that was given up must not end the process.
      if (!keep) socket.on("error", () => {}).destroy();
      outcome();
    };
    const stopped = () => settle(() => reject(stop.reason));
    const failed = (error: Error) => settle(() => reject(error));
    const done = () => settle(() => resolve(socket), true);
    socket.once("error", failed).once("connect", done);
    stop.addEventListener("abort", stopped, { once: true });
  });
}

/** The stream that the user's `connect` gives. @throws ServiceUnavailable with what it threw as `cause` */
export async function ownStream(target: TransportTarget): Promise<Duplex> {
  const { connect, host, port, signal = new AbortController().signal } = target;
  const opening = (async () => connect?.({ host, port, signal }))();
  // What comes too late is nobody's.
  const discard = () =>
    void opening.then(
      (stream) => stream?.destroy(),
      () => {},
    );
  try {
    const stream = (await unlessAborted(opening, signal)) as Duplex | undefined;
    if (stream === undefined || typeof stream.write !== "function" || typeof stream.on !== "function") {
      throw new TypeError("it gave no stream");
    }
    if (stream.destroyed || !stream.writable) throw new TypeError("it gave a stream that is closed");
    // A socket may be given before it is connected.
    if ((stream as Socket).connecting === true) await connected(stream as Socket, signal);
    return stream;
  } catch (cause) {
    if (signal.aborted) {
      discard();
      throw signal.reason;
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceUnavailable(`Could not connect to ${formatAddress(target)} by the option \`connect\`: ${why}.`, {
      cause,
    });
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
