import type { FlagValues } from "../arguments/flag.ts";

/** What every command takes to find its server. */
export const connectionFlags = {
  uri: { type: "text", value: "uri", help: "the server, such as neo4j://localhost:7687; default NEO4J_URI" },
  username: { type: "text", value: "name", short: "u", help: "the user; default NEO4J_USERNAME" },
  "password-file": {
    type: "text",
    value: "file",
    help: "its first line is the password; - reads it from standard input; default NEO4J_PASSWORD, or a question on a terminal",
  },
  "bearer-token-file": {
    type: "text",
    value: "file",
    help: "its first line is a token of single sign-on, read anew when it has expired; - is standard input; default NEO4J_BEARER_TOKEN",
  },
  "kerberos-ticket-file": {
    type: "text",
    value: "file",
    help: "its first line is a Kerberos ticket, in base64; - is standard input; default NEO4J_KERBEROS_TICKET",
  },
  ca: {
    type: "text",
    value: "file",
    help: "encrypt, and trust who signed the server's certificate: this file's authorities (PEM), not the system's; default NEO4J_CA",
  },
  database: { type: "text", value: "name", short: "d", help: "default NEO4J_DATABASE, or the user's home database" },
  connection: {
    type: "text",
    value: "file",
    short: "c",
    help: "a file of NEO4J_URI=… lines, as Aura gives it, in the place of the environment",
  },
} as const;

export type ConnectionFlags = FlagValues<typeof connectionFlags>;

/** What every command takes. */
export const commonFlags = {
  ...connectionFlags,
  help: { type: "switch", short: "h", help: "show this" },
} as const;
