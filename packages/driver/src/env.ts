/** A driver from the environment: the only file of the package that reads it. */
import process from "node:process";
import { auth, ConfigurationError } from "@fulgur/neo4j-core";
import type { Config } from "./config.ts";
import { type Driver, driver } from "./driver.ts";

/**
 * A driver for NEO4J_URI, with NEO4J_USERNAME and NEO4J_PASSWORD if there is a user name: the variables that Aura's
 * credentials file holds. (CONN-37)
 *
 * @throws ConfigurationError naming the variable that is missing
 */
export function fromEnv(config?: Config, env: { readonly [name: string]: string | undefined } = process.env): Driver {
  const { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password } = env;
  if (uri === undefined || uri === "") throw missing("NEO4J_URI", "a URI such as neo4j://localhost:7687");
  if (username === undefined || username === "") return driver(uri, auth.none(), config);
  if (password === undefined) throw missing("NEO4J_PASSWORD", "the password of NEO4J_USERNAME");
  return driver(uri, auth.basic(username, password), config);
}

function missing(name: string, what: string): ConfigurationError {
  return new ConfigurationError(`The environment variable ${name} is missing: set it to ${what}.`, { option: name });
}
