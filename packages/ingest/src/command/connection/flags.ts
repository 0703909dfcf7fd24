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
