/** How drivers are made. */
import { auth as authTokens, ConfigurationError, callSite } from "@fulgur/neo4j-core";
import type { DriverAuth } from "@fulgur/neo4j-pool";
import { type Config, driverOptions } from "./config.ts";
import { Driver } from "./driver.ts";
import { type Environment, readEnvironment } from "./env.ts";

/** The type of {@link driver}. */
export interface DriverFactory {
  /**
   * A driver for the server, or the cluster, at a URI such as `neo4j://localhost:7687`. It opens no connection yet: the first
   * query does, or `verifyConnectivity`. Make one and keep it; close it at the end, or use `await using`. (DRV-01)
   *
   * @param auth who you are: `auth.basic(user, password)` or another token; for tokens that change, a manager (`authTokenManagers`) or a function
   * that gives a token, at once or later, with `expiresAt` if it expires; without one, nobody (AUTH-10)
   * @throws ConfigurationError for a URI, a token or an option that can't be used (ERR-36)
   */
  (uri: string | URL, auth?: DriverAuth | null, config?: Config | null): Driver;

  /**
   * A driver for `NEO4J_URI`, with `NEO4J_USERNAME` and `NEO4J_PASSWORD` if there is a user name, and with `NEO4J_DATABASE`
   * as the database of sessions and of `executeQuery` that name none: the variables that Aura's credentials file holds, which
   * `node --env-file=…` reads. Nothing is read but these four. (CONN-37)
   *
   * @param config as for `driver()`; its `database` counts more than `NEO4J_DATABASE`
   * @param env another environment than the process's own
   * @throws ConfigurationError naming the variable that is missing or can't be used
   */
  fromEnv(config?: Config | null, env?: Environment): Driver;
}

function make(uri: string | URL, auth?: DriverAuth | null, config?: Config | null): Driver {
  refuseOptionsAsToken(auth);
  return new Driver(uri, auth ?? authTokens.none(), config ?? undefined, { site: callSite(make) });
}

/** A token without a scheme, but with an option's name in it, is a configuration in the wrong place. */
function refuseOptionsAsToken(auth: unknown): void {
  if (typeof auth !== "object" || auth === null || "scheme" in auth) return;
  const option = Object.keys(auth).find((key) => (driverOptions as readonly string[]).includes(key));
  if (option === undefined) return;
  throw new ConfigurationError(
    `The option \`${option}\` stands where the auth token belongs: it is driver(uri, auth, config), and without a token driver(uri, null, config).`,
    { option: "auth" },
  );
}

function fromEnv(config?: Config | null, env?: Environment): Driver {
  const { uri, auth, database } = readEnvironment(env);
  return new Driver(uri, auth, { ...config, database: config?.database ?? database }, { site: callSite(fromEnv) });
}

export const driver: DriverFactory = /* @__PURE__ */ Object.assign(make, { fromEnv });
