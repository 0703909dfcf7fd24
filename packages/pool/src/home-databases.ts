/**
 * Which database is whose home, as far as servers have said it. What stands here is a guess: homes can be moved. It is used to pick a
 * server without asking for a routing table first, where servers pass on what reaches the wrong one; the server then says which
 * database it took. (SES-14)
 */
import type { AuthToken } from "@fulgur/neo4j-core";

/** How many users are remembered, and how many are forgotten together when there are more: the ones not met for longest. */
const mostUsers = 10_000;
const forgottenTogether = 921;

export class HomeDatabases {
  /** From the one met longest ago to the latest. */
  readonly #byUser = new Map<string, string>();

  /** The database that was the user's home when a server last said it. */
  guess(user: string): string | undefined {
    const database = this.#byUser.get(user);
    if (database !== undefined) this.#meet(user, database);
    return database;
  }

  /** A server has said which database is the user's home. */
  learn(user: string, database: string): void {
    this.#meet(user, database);
    if (this.#byUser.size <= mostUsers) return;
    let left = forgottenTogether;
    for (const oldest of this.#byUser.keys()) {
      if (left-- === 0) break;
      this.#byUser.delete(oldest);
    }
  }

  #meet(user: string, database: string): void {
    this.#byUser.delete(user);
    this.#byUser.set(user, database);
  }
}

/**
 * Whose home is asked for: the impersonated user's; else that of a token other than the driver's own, by its principal where the name is
 * the user's; else the driver's own user's.
 *
 * @param auth a session's own token
 */
export function homeOwner(impersonatedUser: string | undefined, auth?: AuthToken | undefined): string {
  if (impersonatedUser !== undefined) return `user ${impersonatedUser}`;
  if (auth === undefined) return "driver";
  if (auth.scheme === "basic") return `user ${auth.principal ?? ""}`;
  const { scheme, principal, credentials, realm, parameters } = auth;
  return `token ${JSON.stringify([scheme, principal, credentials, realm, parameters], bigintAsText)}`;
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
