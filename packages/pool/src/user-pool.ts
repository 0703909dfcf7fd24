/**
 * A pool whose connections are logged in as whoever borrows them: the driver's own user, or another one for a session or a query. From Bolt
 * 5.1 on a connection changes its user; before it can't. (AUTH-26, AUTH-28)
 */
import { type BoltVersion, isOn, messages, versionNumber } from "@fulgur/neo4j-codec";
import { type AuthToken, authTokenEquals, ConfigurationError, type Connection } from "@fulgur/neo4j-core";
import { Pool } from "./pool.ts";
import type { AcquireOptions, PoolOptions } from "./pool-options.ts";
import type { Lease } from "./shelf.ts";

export class UserPool extends Pool<Connection> {
  readonly #own: AuthToken;
  /** Who the connections are logged in as that don't belong to the driver's own user. */
  readonly #others: WeakMap<Connection, AuthToken>;

  /** @param own whose connections they are when nobody else is named */
  constructor({ connect, ...options }: PoolOptions<Connection>, own: AuthToken) {
    const others = new WeakMap<Connection, AuthToken>();
    super({
      ...options,
      connect: async (address, open) => {
        const connection = await connect(address, open);
        if (open.auth === undefined) return connection;
        if (!canChangeUser(connection.version)) {
          const tooOld = tooOldForUsers(connection.version);
          connection.destroy(tooOld);
          throw tooOld;
        }
        others.set(connection, open.auth);
        return connection;
      },
    });
    this.#own = own;
    this.#others = others;
  }

  override acquire(address: string, options: AcquireOptions = {}): Promise<Lease<Connection>> {
    return super.acquire(address, options).then((lease) => {
      const { auth = this.#own } = options;
      const current = this.#others.get(lease.connection) ?? this.#own;
      return auth === current || authTokenEquals(auth, current) ? lease : this.#loggedIn(lease, auth, options.check);
    });
  }

  /**
   * LOGOFF and LOGON leave together with the work that the connection was borrowed for. A refused LOGON ends the connection, and the work with
   * the server's error: nothing is ever done in the wrong name.
   */
  async #loggedIn(lease: Lease<Connection>, auth: AuthToken, check = false): Promise<Lease<Connection>> {
    const { connection } = lease;
    try {
      if (!canChangeUser(connection.version)) throw tooOldForUsers(connection.version);
      const loggedOff = connection.logoff();
      const loggedOn = connection.logon(auth);
      if (auth === this.#own) this.#others.delete(connection);
      else this.#others.set(connection, auth);
      const both = Promise.all([loggedOff, loggedOn]);
      both.catch(() => {});
      if (check) await both;
      return lease;
    } catch (error) {
      await lease.release();
      throw error;
    }
  }
}

/** Whether this version of Bolt lets a connection change its user. */
export function canChangeUser(version: BoltVersion): boolean {
  const logon = messages.find(({ name }) => name === "LOGON");
  return logon !== undefined && isOn(logon.on, versionNumber[version], new Set());
}

export function tooOldForUsers(version: BoltVersion): ConfigurationError {
  return new ConfigurationError(
    `Another user than the driver's needs Bolt 5.1 or later, and the server speaks ${version}: make a driver for each user.`,
    { option: "auth" },
  );
}
