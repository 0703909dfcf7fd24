/** What the environment says about a server. */
import { type AuthToken, auth, ConfigurationError, parseUri } from "@fulgur/neo4j-core";

/** Variables by name. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

export interface ServerOfEnvironment {
  readonly uri: string;
  readonly auth: AuthToken;
  readonly database: string | undefined;
}

/** @throws ConfigurationError naming the variable that is missing or can't be used; the values of none are repeated */
export function readEnvironment(env: Environment = globalThis.process?.env ?? {}): ServerOfEnvironment {
  const [uri, username, password, database] = ["URI", "USERNAME", "PASSWORD", "DATABASE"].map((name) => {
    const value = env[`NEO4J_${name}`];
    return value === "" ? undefined : value;
  });
  if (uri === undefined) throw missing("NEO4J_URI", "a URI such as neo4j://localhost:7687");
  try {
    parseUri(uri);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`The environment variable NEO4J_URI can't be used. ${why}`, {
      option: "NEO4J_URI",
      cause: error,
    });
  }
  if (username === undefined) {
    if (password !== undefined) throw missing("NEO4J_USERNAME", "the user whose password is in NEO4J_PASSWORD");
    return { uri, auth: auth.none(), database };
  }
  if (password === undefined) throw missing("NEO4J_PASSWORD", "the password of NEO4J_USERNAME");
  return { uri, auth: auth.basic(username, password), database };
}

function missing(name: string, what: string): ConfigurationError {
  return new ConfigurationError(`The environment variable ${name} is missing or empty: set it to ${what}.`, {
    option: name,
  });
}
