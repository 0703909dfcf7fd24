/** The driver of a command. */
import { readFile } from "node:fs/promises";
import type { Config, Driver } from "@fulgur/neo4j-driver";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { Terminal } from "../terminal.ts";
import { askPassword } from "./ask-password.ts";
import type { Credentials } from "./credentials.ts";
import type { ConnectionFlags } from "./flags.ts";
import { readSecret } from "./secret-file.ts";
import { connectionSettings, isPem } from "./settings.ts";

/**
 * A driver for the server that flags, a connection file or the environment name; it has been logged in once, so that a wrong password is told
 * before anything else is done.
 *
 * @param options the driver's, and a signal that ends the attempt to connect
 * @throws UsageError for settings that can't be right; the driver's errors for a server that can't be reached or refuses
 */
export async function connect(
  flags: ConnectionFlags,
  terminal: Terminal,
  { signal, ...config }: Config & { readonly signal?: AbortSignal } = {},
): Promise<Driver> {
  const { stdin, stderr } = terminal;
  const canAsk = stdin.isTTY === true && stderr.isTTY === true;
  const { uri, database, authority, credentials } = await connectionSettings(flags, {
    env: terminal.env,
    askPassword: canAsk ? (question) => askPassword(question, stdin, stderr) : undefined,
    readStandardInput: (purpose) => terminal.readStandardInput(purpose),
  });
  // A scheme such as neo4j+s decides about trust itself; the driver would say so of its own options.
  if (authority !== undefined && /^(?:bolt|neo4j)\+/i.test(uri)) {
    throw new UsageError(
      "A URI with +s or +ssc says itself whom to trust: with --ca or NEO4J_CA it is bolt:// or neo4j://, which is encrypted then.",
    );
  }
  const trust =
    authority === undefined ? {} : { encrypted: true, trustedCertificates: [await readAuthority(authority)] };
  const { ConfigurationError, driver: drivers } = await import("@fulgur/neo4j-driver");
  let driver: Driver;
  try {
    driver = drivers(uri, await authOf(credentials, terminal), { ...config, ...trust, database });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
  try {
    await driver.verifyConnectivity({ database, signal });
  } catch (error) {
    await driver.close();
    throw signal?.aborted ? signal.reason : error;
  }
  return driver;
}

async function readAuthority(authority: string): Promise<string | Uint8Array> {
  if (isPem(authority)) return authority;
  return readFile(authority).catch((error: unknown) => {
    throw new UsageError(`The file of authorities ${authority} can't be read: ${failureOf(error)}.`);
  });
}

/** A token in a file is read anew when the server doesn't take it any more: a job may take longer than a token lives. */
async function authOf(credentials: Credentials, terminal: Terminal) {
  const { auth } = await import("@fulgur/neo4j-driver");
  if (credentials.scheme === "none") return auth.none();
  terminal.keepSecret(credentials.secret);
  if (credentials.scheme === "basic") return auth.basic(credentials.username, credentials.secret);
  const { scheme, secret, file } = credentials;
  if (file === undefined) return auth[scheme](secret);
  return async () => {
    const now = await readSecret(file, scheme === "bearer" ? "token" : "ticket", async () => "");
    terminal.keepSecret(now);
    return auth[scheme](now);
  };
}
