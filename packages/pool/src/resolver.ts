/** A user's own way from an address that the driver knows to those that are connected to. DNS comes after it. (CONN-32) */
import {
  Address,
  type AddressParts,
  ConfigurationError,
  DriverError,
  eachFailed,
  formatAddress,
  isOfOneAddress,
  parseAddress,
  type ServerAddress,
  ServiceUnavailable,
} from "@fulgur/neo4j-core";

/** What a resolver is given: the address as the URI or a routing table names it. */
export type UnresolvedAddress = Address & { readonly port: number };

/** What a resolver may give: an Address, `host:port`, host and port by name, or the parts that an Address is made of. */
export type AddressLike = Address | string | ServerAddress | AddressParts;

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
      if (!isOfOneAddress(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length === 0) throw nothingFor(address);
  throw eachFailed(`None of the addresses that \`resolver\` gave for ${address} could be reached.`, failures);
}

/** A driver's resolver, and what it has made of the URI's own address, each of which may be asked for a routing table. (CONN-34) */
export class Resolution {
  readonly #resolver: Resolver | undefined;
  /** They aren't resolved once more. */
  readonly #given = new Set<string>();

  constructor(resolver: Resolver | undefined) {
    this.#resolver = resolver;
  }

  /** The same as {@link openResolved}. */
  open<C>(address: string, open: (address: string) => Promise<C>): Promise<C> {
    return openResolved(this.#given.has(address) ? undefined : this.#resolver, address, open);
  }

  /** The routers in the place of an address; absent without a resolver. */
  routers(address: string): (() => Promise<readonly string[]>) | undefined {
    const resolver = this.#resolver;
    if (resolver === undefined) return undefined;
    return async () => {
      const routers = await resolve(resolver, address);
      if (routers.length === 0) throw nothingFor(address);
      for (const router of routers) this.#given.add(router);
      return routers;
    };
  }
}

function nothingFor(address: string): ServiceUnavailable {
  return new ServiceUnavailable(`The option \`resolver\` gave no address for ${address}.`);
}

/**
 * What the resolver gives for an address, each as `host:port`.
 *
 * @throws ServiceUnavailable with the resolver's own failure as `cause`; ConfigurationError for what is no address
 */
async function resolve(resolver: Resolver, address: string): Promise<string[]> {
  const { host, port } = parseAddress(address);
  try {
    const given: unknown = await resolver(Address.of([host, port]) as UnresolvedAddress);
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

/** Whether it is one address; a list of texts is several. */
function isAddress(value: unknown): value is AddressLike {
  if (typeof value === "string" || value instanceof Address) return true;
  if (typeof value !== "object" || value === null) return false;
  const pair = Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number";
  return pair || (typeof Reflect.get(value, "host") === "string" && typeof Reflect.get(value, "port") === "number");
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** Checked by being read; an IPv6 address that stands without brackets in a list gets them, and its scope is part of it. */
function textOf(value: unknown): string {
  if (typeof value === "string") return formatAddress(parseAddress(value));
  try {
    const address = value instanceof Address ? value : Array.isArray(value) ? Address.of(value as never) : undefined;
    if (address === undefined && !isAddress(value)) throw notAnAddress();
    const { host, portNumber: port, scopeId = 0 } = address ?? Address.of(partsOf(value as ServerAddress));
    return formatAddress(parseAddress(formatAddress({ host: scopeId === 0 ? host : `${host}%${scopeId}`, port })));
  } catch (cause) {
    throw cause instanceof DriverError ? cause : notAnAddress(cause);
  }
}

const partsOf = ({ host, port }: ServerAddress): AddressParts => [host, port];

function notAnAddress(cause?: unknown): ConfigurationError {
  const what = cause instanceof Error ? ` ${cause.message}` : "";
  return new ConfigurationError(
    `The option \`resolver\` must give addresses: "host:port", [host, port] or { host, port }, one or a list of them.${what}`,
    { option: "resolver", cause },
  );
}
