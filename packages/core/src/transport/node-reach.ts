/** From a target to a stream that can be used: DNS, each of its addresses in turn; or the user's own way. */
import { lookup } from "node:dns/promises";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { onAbort } from "../abort-listeners.ts";
import { ServiceUnavailable } from "../errors/availability-errors.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { formatAddress } from "../uri.ts";
import { firstToSucceed } from "./first-to-succeed.ts";
import { type OpeningFailure, whyUnreachable } from "./node-failure.ts";
import type { TransportTarget } from "./transport.ts";

/** How long an address may take before the next one of its name is tried beside it, in ms: RFC 8305's connection attempt delay. */
const attemptDelay = 250;

/** The IP addresses of a name. */
export type Lookup = (host: string) => Promise<readonly string[]>;

const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** A socket that can be used, and what is left of its host's addresses. */
export interface Reached<S> {
  readonly socket: S;
  readonly untried: readonly string[];
}

/**
 * A socket to the first of the host's addresses that lets it.
 *
 * @param open gives a socket that can be used: connected, and encrypted where it is to be; ends when its signal is aborted
 * @throws ServiceUnavailable with every address's failure
 */
export async function reach<S extends Socket>(
  target: TransportTarget,
  open: (address: string, stop: AbortSignal) => Promise<S>,
  addressesOf = systemLookup,
): Promise<Reached<S>> {
  const { host, port, signal } = target;
  try {
    const known = target.addresses ?? (isIP(host) === 0 ? await unlessAborted(addressesOf(host), signal) : [host]);
    const addresses = byTurns(known);
    const left = new Set(addresses);
    const attempts = addresses.map((address) => async (stop: AbortSignal) => {
      try {
        return { socket: await open(address, stop), address };
      } catch (error) {
        // Those that were stopped haven't failed.
        if (!stop.aborted) left.delete(address);
        // TLS doesn't say whose failure it is.
        throw error instanceof Error ? Object.assign(error, { address, port }) : error;
      }
    });
    const { socket, address } = await firstToSucceed(attempts, attemptDelay, ({ socket }) => socket.destroy(), signal);
    left.delete(address);
    return { socket, untried: [...left] };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(target, error as OpeningFailure);
  }
}

export function unreachable(target: TransportTarget, error: OpeningFailure): ServiceUnavailable {
  return new ServiceUnavailable(`Could not connect to ${formatAddress(target)}: ${whyUnreachable(error, target)}.`, {
    cause: error,
  });
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

/** Waits until a socket is connected, or encrypted; ends it when that fails, or `stop` is aborted. */
export function ready<S extends Socket>(
  socket: S,
  event: "connect" | "secureConnect",
  stop: AbortSignal | undefined,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void, keep = false) => {
      forget?.();
      socket.off("error", failed).off("close", closed).off(event, done);
      // A late error of a socket that was given up must not end the process.
      if (!keep) socket.on("error", () => {}).destroy();
      outcome();
    };
    const stopped = () => settle(() => reject(stop?.reason));
    const failed = (error: Error) => settle(() => reject(error));
    const closed = () => failed(Object.assign(new Error("it closed the connection"), { code: "ECONNRESET" }));
    const done = () => settle(() => resolve(socket), true);
    socket.once("error", failed).once("close", closed).once(event, done);
    const forget = stop && onAbort(stop, stopped);
    if (stop?.aborted) stopped();
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
    if ((stream as Socket).connecting === true) await ready(stream as Socket, "connect", signal);
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
