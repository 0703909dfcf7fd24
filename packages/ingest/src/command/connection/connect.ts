/** The driver of a command. */
import type { Config, Driver } from "@fulgur/neo4j-driver";
import { UsageError } from "../failure.ts";
import type { Terminal } from "../terminal.ts";
import { askPassword } from "./ask-password.ts";
import type { ConnectionFlags } from "./flags.ts";
import { connectionSettings } from "./settings.ts";

/**
 * A driver for the server that flags, a connection file or the environment name; it has been logged in once, so that a wrong password is told
 * before anything else is done.
 *
 * @throws UsageError for settings that can't be right; the driver's errors for a server that can't be reached or refuses
 */
export async function connect(flags: ConnectionFlags, terminal: Terminal, config: Config = {}): Promise<Driver> {
  const { stdin, stderr } = terminal;
  const canAsk = stdin.isTTY === true && stderr.isTTY === true;
  const settings = await connectionSettings(flags, {
    env: terminal.env,
    askPassword: canAsk ? (question) => askPassword(question, stdin, stderr) : undefined,
    readStandardInput: () => terminal.readStandardInput("the password"),
  });
  if (settings.NEO4J_PASSWORD !== undefined) terminal.keepSecret(settings.NEO4J_PASSWORD);
  const { ConfigurationError, driver: drivers } = await import("@fulgur/neo4j-driver");
  let driver: Driver;
  try {
    driver = drivers.fromEnv(config, settings);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
  try {
    await driver.verifyConnectivity(settings.NEO4J_DATABASE ? { database: settings.NEO4J_DATABASE } : {});
  } catch (error) {
    await driver.close();
    throw error;
  }
  return driver;
}
