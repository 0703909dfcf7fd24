import { Neo4jStartError } from "./failure.ts";
import type { StartOptions } from "./options.ts";
import type { Release } from "./releases.ts";

const host = "127.0.0.1";

/** What startNeo4j itself decides; a setting of the caller's that fights it would give a server that nobody can reach. */
const reserved: Readonly<Record<string, string>> = {
  "server.bolt.listen_address": "the port is chosen by startNeo4j",
  "server.bolt.enabled": "Bolt is what startNeo4j waits for",
  "dbms.security.auth_enabled": "use the option auth",
  "server.bolt.tls_level": "use the option tls",
  "internal.dbms.bolt.max_protocol_version": "use the option boltVersion",
};

/** Every setting of one start. The caller's own come last, so that they win over our tuning. */
export function settingsFor(release: Release, port: number, options: StartOptions): Record<string, string> {
  for (const [name, advice] of Object.entries(reserved)) {
    if (options.settings?.[name] !== undefined) {
      throw new Neo4jStartError("bad-option", `settings["${name}"] can't be given: ${advice}.`);
    }
  }
  const tls = options.tls === undefined || options.tls === false ? undefined : options.tls === true ? {} : options.tls;
  return {
    ...release.settings,
    ...(options.fast === false ? {} : { "server.memory.pagecache.size": "64m" }),
    "server.bolt.listen_address": `${host}:${port}`,
    // What a routing table names.
    "server.bolt.advertised_address": `${host}:${port}`,
    "dbms.security.auth_enabled": String(options.auth !== false),
    ...(options.boltVersion === undefined ? {} : { "internal.dbms.bolt.max_protocol_version": options.boltVersion }),
    ...(tls === undefined
      ? {}
      : {
          "server.bolt.tls_level": tls.optional ? "OPTIONAL" : "REQUIRED",
          "dbms.ssl.policy.bolt.enabled": "true",
          "dbms.ssl.policy.bolt.private_key": "private.key",
          "dbms.ssl.policy.bolt.public_certificate": "public.crt",
          "dbms.ssl.policy.bolt.client_auth": "NONE",
        }),
    ...options.settings,
  };
}

/** The launcher's first block: Java properties and an empty line. */
export function propertiesBlock(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(
    ([key, value]) => `${escape(key).replace(/[ =:]/g, "\\$&")}=${escape(value).replace(/^ /, "\\ ")}\n`,
  );
  return `${lines.join("")}\n`;
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("\n", "\\n").replace(/^[#!]/, "\\$&");
}
