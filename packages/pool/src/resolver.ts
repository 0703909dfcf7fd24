/** A user's own way from an address that the driver knows to those that are connected to. DNS comes after it. (CONN-32) */
import {
  ConfigurationError,
  DriverError,
  formatAddress,
  parseAddress,
  type ServerAddress,
  ServiceUnavailable,
  SessionExpired,
} from "@fulgur/neo4j-core";

/** What a resolver is given: host and port, by name, as a pair, or in a text as `host:port`. */
export type UnresolvedAddress = readonly [host: string, port: number] & ServerAddress;

/** What a resolver may give: `host:port`, host and port by name, or as the first two of a list. */
export type AddressLike = string | ServerAddress | readonly [host: string, port: number, ...more: unknown[]];

type Addresses = AddressLike | Iterable<AddressLike> | AsyncIterable<AddressLike>;

/** Called each time that a connection is opened, with the address as the URI or a routing table names it, never with an IP that DNS gave. */
export type Resolver = (address: UnresolvedAddress) => Addresses | PromiseLike<Addresses>;

/**
 * Opens a connection to the first address of the resolver's that lets it.
 *
 * @param address `host:port`
 * @throws ServiceUnavailable when the resolver fails or gives nothing, and when no address can be reached; `cause` has the reason
 */
export async function openResolved<C>(
  resolver: Resolver | undefined,
  address: string,
  open: (address: string) => Promise<C>,
): Promise<C> {
  if (resolver === undefined) return open(address);
  const failures: Error[] = [];
  for (const target of await resolve(resolver, address)) {
    try {
      return await open(target);
    } catch (error) {
      // Another address may lead elsewhere; a wrong password or configuration is wrong everywhere.
      if (!(error instanceof ServiceUnavailable || error instanceof SessionExpired)) throw error;
      failures.push(error);
    }
  }
  const [only] = failures;
  if (only !== undefined && failures.length === 1) throw only;
  const reasons = failures.map(({ message }) => message).join(" ");
  throw new ServiceUnavailable(
    only === undefined
      ? `The option \`resolver\` gave no address for ${address}.`
      : `None of the addresses that \`resolver\` gave for ${address} could be reached. ${reasons}`,
    only === undefined ? {} : { cause: new AggregateError(failures, reasons) },
  );
}

async function resolve(resolver: Resolver, address: string): Promise<string[]> {
  const { host, port } = parseAddress(address);
  const pair = Object.assign([host, port] as const, { host, port, toString: () => address });
  try {
    const given: unknown = await resolver(Object.freeze(pair));
    const found: string[] = [];
    if (isAddress(given)) found.push(textOf(given));
    else if (isIterable(given)) for await (const one of given) found.push(textOf(one));
    else throw notAnAddress();
    return found;
  } catch (cause) {
    if (cause instanceof DriverError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceUnavailable(`The option \`resolver\` failed for ${address}: ${why}`, { cause });
  }
}

function isAddress(value: unknown): value is AddressLike {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return false;
  const pair = Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number";
  return pair || (typeof Reflect.get(value, "host") === "string" && typeof Reflect.get(value, "port") === "number");
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function textOf(value: unknown): string {
  if (!isAddress(value)) throw notAnAddress();
  // Checked by being read; an IPv6 address that stands without brackets in a pair gets them.
  if (typeof value === "string") return formatAddress(parseAddress(value));
  const [host, port] = "host" in value ? [value.host, value.port] : value;
  return formatAddress(parseAddress(formatAddress({ host, port })));
}

function notAnAddress(): ConfigurationError {
  return new ConfigurationError(
    'The option `resolver` must give addresses: "host:port", [host, port] or { host, port }, one or a list of them.',
    { option: "resolver" },
  );
}
