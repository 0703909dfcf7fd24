/** Which server, as whom: from flags, then a connection file or else the environment. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseEnv } from "node:util";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import { type Credentials, type CredentialsInput, credentialNames, credentialsOf } from "./credentials.ts";
import type { ConnectionFlags } from "./flags.ts";

const names = ["NEO4J_URI", "NEO4J_DATABASE", "NEO4J_CA", ...credentialNames] as const;

/** What the environment, or a connection file, says. */
export type Variables = { readonly [name: string]: string | undefined };

export interface ConnectionSettings {
  readonly uri: string;
  readonly database: string | undefined;
  /** Whose certificates are trusted in the system's place: a file, or PEM text. */
  readonly authority: string | undefined;
  readonly credentials: Credentials;
}

export interface ConnectionInput extends CredentialsInput {
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A connection file takes the place of the whole environment, so that no secret goes to another server than its own.
 *
 * @throws UsageError naming what is missing, and no value
 */
export async function connectionSettings(flags: ConnectionFlags, input: ConnectionInput): Promise<ConnectionSettings> {
  const { connection } = flags;
  const base = connection === undefined ? input.env : await readConnectionFile(connection);
  const uri = flags.uri || base["NEO4J_URI"];
  if (!uri) {
    const where = connection === undefined ? "" : ` (${connection} has no NEO4J_URI)`;
    throw new UsageError(`No server is named${where}: give --uri, --connection or NEO4J_URI.`);
  }
  return {
    uri,
    database: flags.database || base["NEO4J_DATABASE"] || undefined,
    authority: flags.ca || authorityOf(base["NEO4J_CA"], connection),
    credentials: await credentialsOf(flags, base, input),
  };
}

/** A connection file says where the authority's file is from its own folder, wherever the command is started. */
function authorityOf(value: string | undefined, connection: string | undefined): string | undefined {
  if (!value) return undefined;
  return connection === undefined || isPem(value) ? value : resolve(dirname(connection), value);
}

export function isPem(text: string): boolean {
  return text.includes("-----BEGIN");
}

async function readConnectionFile(file: string): Promise<Variables> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`The connection file ${file} can't be read: ${failureOf(error)}.`);
  });
  const entries = parseEnv(text.replace(/^\u{feff}/u, ""));
  const isEmpty = !names.some((name) => entries[name]);
  if (isEmpty) throw new UsageError(`The connection file ${file} has none of ${names.join(", ")}, each as NAME=value.`);
  return entries;
}
