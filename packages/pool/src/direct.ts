/** The provider of the `bolt` schemes: every connection goes to the URI's own address, nothing is routed. (CONN-17) */
import type { Connection } from "@fulgur/neo4j-core";
import type { Pool } from "./pool.ts";
import type { ConnectionProvider, ConnectionRequest, ProvidedConnection } from "./provider.ts";

export class DirectProvider implements Pick<ConnectionProvider, "acquire" | "close"> {
  readonly #address: string;
  readonly #pool: Pool<Connection>;

  constructor(address: string, pool: Pool<Connection>) {
    this.#address = address;
    this.#pool = pool;
  }

  async acquire({ database, signal, check, timeout, site, auth }: ConnectionRequest): Promise<ProvidedConnection> {
    const deadline = timeout === undefined ? undefined : this.#pool.deadline(timeout);
    const lease = await this.#pool.acquire(this.#address, { signal, check, deadline, site, auth });
    const failed = (error: unknown): unknown => {
      lease.failed(error);
      return error;
    };
    const { connection, release, consequences } = lease;
    return { connection, database, release, failed, consequences };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
