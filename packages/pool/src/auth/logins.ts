/**
 * Who each connection is logged in as. A connection that is picked up becomes its borrower's: from Bolt 5.1 on by LOGOFF and LOGON, which
 * leave together with the work; before, another one takes its place. (AUTH-26, AUTH-32)
 */
import {
  type AuthToken,
  authTokenEquals,
  type Connection,
  effectsOf,
  type Logger,
  Neo4jError,
} from "@fulgur/neo4j-core";
import type { LoginRequest, PoolLogins } from "../pool-options.ts";
import { canChangeUser, tooOldForUsers } from "./changing-users.ts";
import { type ManagedToken, TokenSource, type TokenSourceOptions } from "./token-source.ts";

interface Login {
  readonly address: string;
  readonly token: AuthToken;
  /** Where the driver's own user is logged in, the token as the manager gave it. */
  readonly managed: ManagedToken | undefined;
  /** How often logins at this address had ended all at once when this one began. */
  readonly era: number;
}

export class Logins implements PoolLogins<Connection> {
  readonly #source: TokenSource;
  readonly #log: Logger;
  readonly #byConnection = new WeakMap<Connection, Login>();
  /** How often the logins at an address have ended all at once. */
  readonly #eras = new Map<string, number>();

  constructor(options: TokenSourceOptions) {
    this.#source = new TokenSource(options);
    this.#log = options.log;
  }

  /**
   * Opens a connection as whoever wants it.
   *
   * @throws ConfigurationError for a session's or a query's own token where the server's Bolt is older than 5.1
   */
  async open(
    address: string,
    request: LoginRequest,
    connect: (token: AuthToken) => Promise<Connection>,
  ): Promise<Connection> {
    const { auth } = request;
    const login = this.#login(address, auth ?? (await this.#source.ask(request)));
    try {
      const connection = await connect(login.token);
      if (auth !== undefined && !canChangeUser(connection.version)) {
        const tooOld = tooOldForUsers(connection.version);
        connection.destroy(tooOld);
        throw tooOld;
      }
      this.#byConnection.set(connection, login);
      return connection;
    } catch (error) {
      await this.#consequences(login, error);
      throw error;
    }
  }

  prepare(connection: Connection, request: LoginRequest): boolean | Promise<boolean> {
    const { auth } = request;
    const current = this.#byConnection.get(connection);
    if (current === undefined) return true;
    if (auth !== undefined && !canChangeUser(connection.version)) throw tooOldForUsers(connection.version);
    const wanted = auth ?? this.#source.ask(request);
    if (wanted instanceof Promise) return wanted.then((token) => this.#change(connection, current, token, request));
    return this.#change(connection, current, wanted, request);
  }

  hasEnded(connection: Connection): boolean {
    const login = this.#byConnection.get(connection);
    return login !== undefined && login.era !== this.#era(login.address) && !canChangeUser(connection.version);
  }

  failed(connection: Connection, error: unknown): Promise<void> | undefined {
    const login = this.#byConnection.get(connection);
    return login === undefined ? undefined : this.#consequences(login, error);
  }

  /** A refused LOGON ends the connection, and the work with the server's error: nothing is ever done in the wrong name. */
  #change(
    connection: Connection,
    current: Login,
    token: AuthToken | ManagedToken,
    { check }: LoginRequest,
  ): boolean | Promise<boolean> {
    const wanted = this.#login(current.address, token);
    const isTheSame = current.era === wanted.era && authTokenEquals(current.token, wanted.token);
    if (isTheSame && check !== "login") return true;
    if (!canChangeUser(connection.version)) return false;
    this.#log.debug(() => `${isTheSame || current.era !== wanted.era ? "logs in anew" : "changes its user"}`, {
      connectionId: connection.id,
    });
    this.#byConnection.set(connection, wanted);
    const both = Promise.all([connection.logoff(), connection.logon(wanted.token)]);
    if (!check) {
      // Whoever borrows it meets the failure.
      both.catch(() => {});
      return true;
    }
    return both.then(
      () => true,
      async (error: unknown) => {
        await this.#consequences(wanted, error);
        throw error;
      },
    );
  }

  #login(address: string, token: AuthToken | ManagedToken): Login {
    const era = this.#era(address);
    return "given" in token
      ? { address, token: token.token, managed: token, era }
      : { address, token, managed: undefined, era };
  }

  #era(address: string): number {
    return this.#eras.get(address) ?? 0;
  }

  /** What an error of the server's means for logins: that all end, or that the manager is to hear of it. (AUTH-16, AUTH-29) */
  #consequences({ address, era, managed }: Login, error: unknown): Promise<void> | undefined {
    if (!(error instanceof Neo4jError)) return undefined;
    // A late one, of a login that has ended already, says nothing of those that began since.
    if (effectsOf(error).includes("unauthenticate") && era === this.#era(address)) {
      this.#log.info(() => `${error.code}: its connections have to log in anew`, { address });
      this.#eras.set(address, era + 1);
    }
    return managed === undefined ? undefined : this.#source.tell(managed, error);
  }
}
