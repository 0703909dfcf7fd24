/** The provider of the `bolt` schemes: every connection goes to the URI's own address, nothing is routed. (CONN-17) */
import { type Connection, effectsOf, type Logger, type Logging, Neo4jError } from "@fulgur/neo4j-core";
import type { Pool } from "./pool.ts";
import type { ConnectionProvider, ConnectionRequest, ProvidedConnection } from "./provider.ts";

export class DirectProvider implements Pick<ConnectionProvider, "acquire" | "close"> {
  readonly #address: string;
  readonly #pool: Pool<Connection>;
  readonly #auth: Logger;

  constructor(address: string, pool: Pool<Connection>, logging: Logging) {
    this.#address = address;
    this.#pool = pool;
    this.#auth = logging.logger("neo4j.auth_management");
  }

  async acquire({ database, signal, check, timeout, site, auth }: ConnectionRequest): Promise<ProvidedConnection> {
    const deadline = timeout === undefined ? undefined : this.#pool.deadline(timeout);
    const { connection, release } = await this.#pool.acquire(this.#address, { signal, check, deadline, site, auth });
    const failed = (error: unknown): unknown => {
      // Who these connections belong to has to be proved anew: others take their place.
      if (error instanceof Neo4jError && effectsOf(error).includes("unauthenticate")) {
        this.#auth.info(() => `${error.code}: its connections have to log in anew`, { address: this.#address });
        this.#pool.purge(this.#address);
      }
      return error;
    };
    return { connection, database, release, failed };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
