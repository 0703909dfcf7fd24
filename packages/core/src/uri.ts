import { ConfigurationError } from "@fulgur/neo4j-types";
import type { Trust } from "./trust.ts";

/** Bolt's port, where none is given. */
export const defaultPort = 7687;

/** Where a server listens. */
export interface ServerAddress {
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** What a connection URI says. */
export interface BoltUri extends ServerAddress {
  readonly scheme: UriScheme;
  /** Whether requests are routed to the members of a cluster (`neo4j` schemes). */
  readonly routed: boolean;
  /** Whether the scheme itself asks for encryption; `undefined`: the option `encrypted` decides. */
  readonly encrypted: true | undefined;
  /** How the certificate is judged, if the scheme says so. */
  readonly trust: Trust | undefined;
  /** The query string of a routed URI; the server's own routing policies read it. */
  readonly routingContext: Readonly<Record<string, string>>;
}

export type UriScheme = "bolt" | "bolt+s" | "bolt+ssc" | "neo4j" | "neo4j+s" | "neo4j+ssc";

type SchemeRow = Pick<BoltUri, "routed" | "encrypted" | "trust">;
const system = "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES";
const any = "TRUST_ALL_CERTIFICATES";

/** The six schemes (CONN-01). */
const schemes: Readonly<Record<UriScheme, SchemeRow>> = {
  neo4j: { routed: true, encrypted: undefined, trust: undefined },
  "neo4j+s": { routed: true, encrypted: true, trust: system },
  "neo4j+ssc": { routed: true, encrypted: true, trust: any },
  bolt: { routed: false, encrypted: undefined, trust: undefined },
  "bolt+s": { routed: false, encrypted: true, trust: system },
  "bolt+ssc": { routed: false, encrypted: true, trust: any },
};

const advice = `use one of ${Object.keys(schemes).join(", ")}, as in "neo4j://localhost:7687" or "bolt+s://graph.example.com"`;

/**
 * Reads a connection URI: `scheme://host[:port][?routing context]`. (CONN-01 to CONN-13)
 *
 * @throws ConfigurationError that names the part that is wrong. A password in the URI is never repeated.
 */
export function parseUri(uri: string | URL): BoltUri {
  const text =
    typeof uri === "string"
      ? uri.trim()
      : uri instanceof URL
        ? uri.href
        : refuse(`has to be a string, not ${typeof uri}`);
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text);
  if (!parts) return refuse(`has no scheme: ${advice}`);
  const [, givenScheme = "", authority = "", path = "", query = "", fragment] = parts;
  const scheme = givenScheme.toLowerCase() as UriScheme;
  if (!Object.hasOwn(schemes, scheme)) refuse(`has the unknown scheme "${givenScheme}": ${advice}`);
  const row = schemes[scheme];
  if (authority.includes("@")) {
    refuse("holds user information before an @: give user name and password as an auth token (auth.basic)");
  }
  if (path !== "" && path !== "/")
    refuse("has a path: Bolt knows none, and the database is chosen by the option `database`");
  if (fragment !== undefined) refuse("has a fragment (#): leave it out");
  if (query !== "" && !row.routed) {
    refuse(
      `has a query string (a routing context), which only the neo4j schemes take: leave it out, or use neo4j${scheme.slice(4)}`,
    );
  }
  return { scheme, ...parseHostAndPort(authority), ...row, routingContext: parseRoutingContext(query) };
}

/**
 * Reads `host`, `host:port`, `[::1]` or `[::1]:port`. An empty host is localhost, a missing port 7687. (CONN-07, CONN-08)
 *
 * @throws ConfigurationError that says what is wrong.
 */
export function parseAddress(address: string): ServerAddress {
  if (address.includes("@") || /[/?#]/.test(address)) refuse("has more in it than host and port", "address");
  return parseHostAndPort(address, "address");
}

/** `host:port`, IPv6 in brackets. */
export function formatAddress({ host, port }: { readonly host: string; readonly port: number | string }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseHostAndPort(authority: string, what = "uri"): ServerAddress {
  const parts = /^(?:\[([^[\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(authority);
  if (!parts)
    return refuse('has a host that can\'t be read: an IPv6 address stands in brackets, as in "[::1]:7687"', what);
  const [, ipv6, name = "", port = ""] = parts;
  if (ipv6 !== undefined && !/^[0-9a-f:.]+(%[\w.%-]+)?$/i.test(ipv6))
    refuse("has brackets without an IPv6 address in them", what);
  if (/[\s\\"<>^`{|}%]/.test(name)) refuse("has a character in its host that no host has", what);
  return { host: ipv6 ?? (name === "" ? "localhost" : name), port: port === "" ? defaultPort : parsePort(port, what) };
}

function parsePort(text: string, what: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  // Only digits are repeated: anything else may be a misplaced password.
  const shown = /^-?\d{1,12}$/.test(text) ? ` ${text}` : "";
  return refuse(
    `has the bad port${shown}: a port is a whole number from 1 to 65535, and ${defaultPort} if left out`,
    what,
  );
}

/** Reads `a=1&b=2`. (CONN-10, CONN-12) */
function parseRoutingContext(query: string): Record<string, string> {
  const context: Record<string, string> = Object.create(null);
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const key = decoded(cut < 0 ? pair : pair.slice(0, cut));
    const value = cut < 0 ? "" : decoded(pair.slice(cut + 1));
    if (key === "") refuse("has a routing context with a value that has no key");
    if (value === "") refuse(`has a routing context whose key "${key}" has no value`);
    if (key === "address") refuse('has a routing context with the key "address", which the driver itself sets');
    if (Object.hasOwn(context, key)) refuse(`has a routing context with the key "${key}" twice`);
    context[key] = value;
  }
  return { ...context };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse("has a routing context with a broken percent escape");
  }
}

function refuse(problem: string, what = "uri"): never {
  throw new ConfigurationError(`The ${what === "uri" ? "connection URI" : "address"} ${problem}.`, { option: what });
}
