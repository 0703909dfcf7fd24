import { inspect } from "@fulgur/neo4j-types";
import { formatAddress } from "./uri.ts";

/** The parts of an address: host and port, and for IPv6 also flow information and scope. */
export type AddressParts =
  | readonly [host: string, port: number | string]
  | readonly [host: string, port: number | string, flowInfo: number, scopeId: number];

/** What stands in the place of a part that a text leaves out. */
export interface AddressDefaults {
  /** Default: `"localhost"`. */
  readonly defaultHost?: string | undefined;
  /** Default: 0. */
  readonly defaultPort?: number | string | undefined;
}

/** What an address may be compared with, or be read from a socket. */
interface RemoteEnd {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** The services that may stand in the place of a port: JavaScript knows no others. */
const services: Readonly<Record<string, number>> = { bolt: 7687, http: 80, https: 443 };

const highestPort = 65_535;

/**
 * Where a server listens, before DNS: immutable, equal by its parts, and iterable, so that `const [host, port] = address` takes it apart.
 * (CONN-24)
 *
 * @example
 * ```ts
 * Address.of(["example.com", 7687]);
 * Address.parse("[::1]:7687").family; // 6
 * ```
 */
export class Address implements Iterable<string | number> {
  /** A name or an IP address; IPv6 without brackets. (CONN-30) */
  readonly host: string;
  /** As it was given: a number, or text such as `"7687"` or `"http"`. (CONN-30) */
  readonly port: number | string;
  /** Only where the address was made of four parts. */
  readonly flowInfo?: number;
  /** Only where the address was made of four parts: the network interface of a link-local IPv6 address. */
  readonly scopeId?: number;

  private constructor(parts: AddressParts) {
    const [host, port, flowInfo, scopeId] = parts;
    this.host = host;
    this.port = port;
    if (flowInfo !== undefined) this.flowInfo = flowInfo;
    if (scopeId !== undefined) this.scopeId = scopeId;
    Object.freeze(this);
  }

  /**
   * @throws RangeError for another number of parts than two or four, TypeError for parts that aren't text and numbers. (CONN-24)
   */
  static of(parts: AddressParts): Address {
    if (!Array.isArray(parts)) throw new TypeError("An address is made of a list: [host, port].");
    const given: readonly unknown[] = parts;
    if (given.length !== 2 && given.length !== 4) {
      throw new RangeError(
        `An address has two parts, or four for IPv6: host, port, flow info, scope. Not ${given.length}.`,
      );
    }
    const [host, port, ...numbers] = given;
    if (typeof host !== "string") throw new TypeError("The host of an address is text.");
    if (typeof port !== "string" && typeof port !== "number") {
      throw new TypeError("The port of an address is a number or text.");
    }
    if (!numbers.every((number) => typeof number === "number")) {
      throw new TypeError("Flow info and scope of an address are numbers.");
    }
    return new Address(parts);
  }

  /**
   * Reads `host:port` or `[host]:port`; either may be left out. A port that isn't a number stays text. (CONN-28)
   *
   * @throws TypeError for what isn't text, RangeError for a text that is no address.
   */
  static parse(text: string, { defaultHost = "localhost", defaultPort = 0 }: AddressDefaults = {}): Address {
    if (typeof text !== "string") throw new TypeError(`An address is read from text, not from ${typeof text}.`);
    const parts = /^(?:\[([^[\]]*)\]|([^:[\]]*))(?::([^:[\]]*))?$/.exec(text.trim());
    if (!parts) throw new RangeError('An address is host:port, with an IPv6 address in brackets, as in "[::1]:7687".');
    const [, ipv6, name = "", port = ""] = parts;
    const service = port === "" ? defaultPort : /^\d+$/.test(port) ? Number(port) : port;
    return new Address(ipv6 ? [ipv6, service, 0, 0] : [name || defaultHost, service]);
  }

  /** Reads several addresses: texts, or one text in which spaces stand between them. (CONN-29) */
  static parseList(input: string | readonly string[], defaults: AddressDefaults = {}): Address[] {
    const texts = typeof input === "string" ? [input] : input;
    return texts
      .flatMap((text) => String(text).split(/\s+/))
      .filter((text) => text !== "")
      .map((text) => Address.parse(text, defaults));
  }

  /** The other end of a connected socket. (CONN-27) @throws TypeError for a socket that isn't connected */
  static fromSocket({ remoteAddress, remotePort }: RemoteEnd): Address {
    if (remoteAddress === undefined || remotePort === undefined) throw new TypeError("The socket isn't connected.");
    return new Address(remoteAddress.includes(":") ? [remoteAddress, remotePort, 0, 0] : [remoteAddress, remotePort]);
  }

  /** 6 for an IPv6 address, 4 for an IPv4 address or a name. (CONN-25, CONN-26) */
  get family(): 4 | 6 {
    return this.scopeId !== undefined || this.host.includes(":") ? 6 : 4;
  }

  /**
   * The port as a number; of services `bolt`, `http` and `https` are known. (CONN-31)
   *
   * @throws RangeError for an unknown service or a number that no port has
   */
  get portNumber(): number {
    const { port } = this;
    const number =
      typeof port === "number"
        ? port
        : /^\d+$/.test(port)
          ? Number(port)
          : Object.hasOwn(services, port)
            ? services[port]
            : undefined;
    if (number !== undefined && Number.isInteger(number) && number >= 0 && number <= highestPort) return number;
    throw new RangeError(
      `The port of an address is a number up to ${highestPort} or one of ${Object.keys(services).join(", ")}.`,
    );
  }

  /** `host:port` or `[host]:port`. */
  toString(): string {
    const { host, port } = this;
    return formatAddress({ host, port });
  }

  /** Whether it has the same parts: as another address, or as a list of parts. (CONN-33) */
  equals(other: unknown): boolean {
    const parts: unknown[] = other instanceof Address || Array.isArray(other) ? [...other] : [];
    const own = [...this];
    return parts.length === own.length && own.every((part, at) => part === parts[at]);
  }

  toJSON(): string {
    return this.toString();
  }

  *[Symbol.iterator](): Iterator<string | number> {
    yield this.host;
    yield this.port;
    if (this.scopeId !== undefined) {
      yield this.flowInfo ?? 0;
      yield this.scopeId;
    }
  }

  [inspect](): string {
    return `Address(${this})`;
  }
}

/** Whether it is the address of an IPv6 host. (CONN-25) */
export function isIPv6Address(address: Address): boolean {
  return address.family === 6;
}
