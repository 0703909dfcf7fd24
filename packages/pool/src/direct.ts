/** The provider of the `bolt` schemes: every connection goes to the URI's own address, nothing is routed. (CONN-17) */
import { type Connection, effectsOf, Neo4jError } from "@fulgur/neo4j-core";
import type { Pool } from "./pool.ts";
import type { ConnectionProvider, ConnectionRequest, ProvidedConnection } from "./provider.ts";

export class DirectProvider implements Pick<ConnectionProvider, "acquire" | "close"> {
  readonly #address: string;
  readonly #pool: Pool<Connection>;

  constructor(address: string, pool: Pool<Connection>) {
    this.#address = address;
    this.#pool = pool;
  }

  async acquire({ database, signal, check, timeout, site }: ConnectionRequest): Promise<ProvidedConnection> {
    const deadline = timeout === undefined ? undefined : this.#pool.deadline(timeout);
    const { connection, release } = await this.#pool.acquire(this.#address, { signal, check, deadline, site });
    const failed = (error: unknown): unknown => {
      // Who these connections belong to has to be proved anew: others take their place.
      if (error instanceof Neo4jError && effectsOf(error).includes("unauthenticate")) this.#pool.purge(this.#address);
      return error;
    };
    return { connection, database, release, failed };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
