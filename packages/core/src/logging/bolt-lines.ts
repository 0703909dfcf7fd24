/**
 * Messages as lines of the log. What may be secret isn't in them: of auth tokens only the scheme and the user's name, of
 * parameters and transaction metadata only the types, of records only the number, of failures only the codes (a server's
 * text may quote a value). Keys that aren't known here show their type. (LOG-04)
 */
import type { bolt } from "@fulgur/neo4j-codec";

/** Longer queries are cut. */
const longestQuery = 2000;

/** The keys of requests whose values are shown. */
const shownOfRequest = new Set([
  "db",
  "mode",
  "impUser",
  "txTimeout",
  "n",
  "qid",
  "api",
  "userAgent",
  "boltAgent",
  "patchBolt",
  "routing",
  "notificationsMinimumSeverity",
  "notificationsDisabledClassifications",
]);

/** The keys of a SUCCESS whose values are shown, as servers spell them. Plans, which may quote literals, aren't. */
const shownOfSuccess = new Set([
  "server",
  "connection_id",
  "hints",
  "advertised_address",
  "patch_bolt",
  "fields",
  "qid",
  "t_first",
  "t_last",
  "has_more",
  "type",
  "db",
  "bookmark",
  "stats",
  "rt",
]);

/** `RUN "RETURN $x" {x: number} {db: "neo4j"}` */
export function requestLine(request: bolt.Request): string {
  const { type, ...fields } = request as { readonly type: string; readonly [key: string]: unknown };
  return [type, ...Object.entries(fields).map(([key, value]) => requestField(key, value))].join(" ");
}

/** `SUCCESS {fields: ["x"]}` */
export function successLine(metadata: Readonly<Record<string, unknown>>): string {
  return `SUCCESS ${entries(metadata, (key, value) => (shownOfSuccess.has(key) ? shown(value) : kindOf(value)))}`;
}

/** `FAILURE {code: "Neo.ClientError.Statement.SyntaxError", gqlStatus: "42001"}`, without the server's text. */
export function failureLine(code: string, gqlStatus: string): string {
  return `FAILURE {code: ${shown(code)}, gqlStatus: ${shown(gqlStatus)}}`;
}

function requestField(key: string, value: unknown): string {
  if (key === "query" && typeof value === "string") return queryText(value);
  if (key === "auth") return authText(value);
  if (key === "parameters") return kinds(value);
  if (key === "bookmarks" && Array.isArray(value)) return `[${value.length} bookmarks]`;
  if (key !== "extra") return shownOfRequest.has(key) ? shown(value) : kindOf(value);
  return entries(value, (name, item) => {
    if (name === "auth") return authText(item);
    if (name === "txMetadata") return kinds(item);
    return shownOfRequest.has(name) ? shown(item) : kindOf(item);
  });
}

function queryText(query: string): string {
  if (query.length <= longestQuery) return JSON.stringify(query);
  return `${JSON.stringify(query.slice(0, longestQuery))}... (${query.length} characters)`;
}

function authText(auth: unknown): string {
  return entries(auth, (key, value) => (key === "scheme" || key === "principal" ? shown(value) : "*****"));
}

/** The types of a map's values. */
function kinds(map: unknown): string {
  return map instanceof Map
    ? entries(Object.fromEntries(map), (_, value) => kindOf(value))
    : entries(map, (_, value) => kindOf(value));
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value !== "object") return typeof value;
  // The prototype's, since a map may have a key of this name.
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "Object" ? name : "map";
}

function entries(map: unknown, text: (key: string, value: unknown) => string): string {
  if (typeof map !== "object" || map === null) return kindOf(map);
  const shownEntries = Object.entries(map).filter(([, value]) => value !== undefined);
  return `{${shownEntries.map(([key, value]) => `${key}: ${text(key, value)}`).join(", ")}}`;
}

function shown(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return typeof value === "object" && value !== null ? entries(value, (_, item) => shown(item)) : String(value);
}
