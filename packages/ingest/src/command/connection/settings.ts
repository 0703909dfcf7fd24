/** Which server, as whom: from flags, then a connection file or else the environment. */
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { ConnectionFlags } from "./flags.ts";

/** What `driver.fromEnv` reads. */
const names = ["NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"] as const;

export type ConnectionSettings = { readonly [name in (typeof names)[number]]?: string | undefined };

export interface ConnectionInput {
  readonly env: NodeJS.ProcessEnv;
  /** Asks for a password without showing it. Absent where nobody can be asked. */
  readonly askPassword?: ((question: string) => Promise<string>) | undefined;
  readonly readStandardInput: () => Promise<string>;
}

/**
 * A connection file takes the place of the whole environment, so that no password goes to another server than its own.
 *
 * @throws UsageError naming what is missing, and no value
 */
export async function connectionSettings(flags: ConnectionFlags, input: ConnectionInput): Promise<ConnectionSettings> {
  const base = flags.connection === undefined ? input.env : await readConnectionFile(flags.connection);
  const given = { NEO4J_URI: flags.uri, NEO4J_USERNAME: flags.username, NEO4J_DATABASE: flags.database };
  const settings: { [name: string]: string | undefined } = {};
  for (const name of names) {
    const value = given[name as keyof typeof given] ?? base[name];
    settings[name] = value === "" ? undefined : value;
  }
  if (settings["NEO4J_URI"] === undefined) {
    const where = flags.connection === undefined ? "" : ` (${flags.connection} has no NEO4J_URI)`;
    throw new UsageError(`No server is named${where}: give --uri, --connection or NEO4J_URI.`);
  }
  if (flags["password-file"] !== undefined) {
    settings["NEO4J_PASSWORD"] = await readPassword(flags["password-file"], input);
  }
  if (settings["NEO4J_USERNAME"] !== undefined && settings["NEO4J_PASSWORD"] === undefined) {
    if (input.askPassword === undefined) {
      throw new UsageError(
        `There is no password for the user ${settings["NEO4J_USERNAME"]}, and no terminal to ask for it: give --password-file, --connection or NEO4J_PASSWORD.`,
      );
    }
    settings["NEO4J_PASSWORD"] = await input.askPassword(`Password of ${settings["NEO4J_USERNAME"]}: `);
  }
  if (settings["NEO4J_PASSWORD"] !== undefined && settings["NEO4J_USERNAME"] === undefined) {
    throw new UsageError("There is a password but no user: give --username or NEO4J_USERNAME.");
  }
  return settings;
}

async function readConnectionFile(file: string): Promise<{ [name: string]: string | undefined }> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`The connection file ${file} can't be read: ${failureOf(error)}.`);
  });
  const entries = parseEnv(text);
  const isEmpty = !names.some((name) => entries[name]);
  if (isEmpty) throw new UsageError(`The connection file ${file} has none of ${names.join(", ")}, each as NAME=value.`);
  return entries;
}

async function readPassword(file: string, { readStandardInput }: ConnectionInput): Promise<string> {
  const text =
    file === "-"
      ? await readStandardInput()
      : await readFile(file, "utf8").catch((error: unknown) => {
          throw new UsageError(`The password file ${file} can't be read: ${failureOf(error)}.`);
        });
  const [line = ""] = text.replace(/^\u{feff}/u, "").split(/\r?\n/, 1);
  if (line === "")
    throw new UsageError(`The first line of ${file === "-" ? "standard input" : file} holds no password.`);
  return line;
}
