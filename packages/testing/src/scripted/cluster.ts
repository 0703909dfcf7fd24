import { type Membership, ScriptedMember, type ScriptedTable } from "./cluster-member.ts";
import type { ScriptedResult } from "./said.ts";
import type { ScriptedServerOptions } from "./server.ts";
import type { ScriptedFailure, ScriptedQuery } from "./service.ts";

type Answer = ScriptedResult | ScriptedFailure;

/** Options of {@link startScriptedCluster}. */
export interface ScriptedClusterOptions extends Pick<ScriptedServerOptions, "version"> {
  /** How many members it has. Default: 3. */
  readonly members?: number;
  /** The name of the home database. Default: `"neo4j"`. */
  readonly database?: string;
  /** How long routing tables are good for, in seconds. Default: 300. */
  readonly ttl?: number;
  /** What a query gives, and on which member. Default: no records. */
  readonly answer?: (query: ScriptedQuery, member: ScriptedMember) => Answer | Promise<Answer>;
}

/** A transaction that was committed. */
export interface ScriptedCommit {
  readonly member: ScriptedMember;
  readonly queries: readonly ScriptedQuery[];
  readonly bookmark: string;
}

/** A few scripted servers that know each other: one leader, which takes writes, and followers, which take reads; all of them route. */
export class ScriptedCluster implements AsyncDisposable {
  readonly members: readonly ScriptedMember[];
  /** What was committed, in order, whether or not the client was told. */
  readonly commits: ScriptedCommit[] = [];
  readonly #options: ScriptedClusterOptions;
  #leader: ScriptedMember | undefined;

  /** @internal Clusters are made by {@link startScriptedCluster}. */
  constructor(options: ScriptedClusterOptions) {
    const { version, members = 3 } = options;
    this.#options = options;
    const membership: Membership = {
      server: version === undefined ? {} : { version },
      isLeader: (member) => member === this.#leader,
      table: (said, database) => this.#table(said, database),
      answer: (query, member) => options.answer?.(query, member) ?? {},
      committed: (queries, member) => {
        const bookmark = `scripted:${this.commits.length + 1}`;
        this.commits.push({ member, queries, bookmark });
        return bookmark;
      },
    };
    this.members = Array.from({ length: members }, (_, at) => new ScriptedMember(`server${at + 1}`, membership));
    this.#leader = this.members[0];
  }

  /** For a driver: `neo4j://` and the first member's address. */
  get uri(): string {
    return `neo4j://${this.members[0]!.address}`;
  }

  /** Who takes writes; nobody while a leader is being elected. */
  get leader(): ScriptedMember | undefined {
    return this.#leader;
  }

  get followers(): readonly ScriptedMember[] {
    return this.members.filter((member) => member !== this.#leader);
  }

  /** Makes a member the leader, or none. What runs on the old one fails at its next write with NotALeader. */
  elect(member: ScriptedMember | undefined): void {
    this.#leader = member;
  }

  /**
   * Restarts one member after the other; of the leader, another one takes the place first.
   *
   * @param between waited for after each restart
   */
  async rollingRestart(between: () => unknown = () => {}): Promise<void> {
    for (const member of this.members) {
      if (member.isLeader) this.elect(this.followers.find(({ isAvailable }) => isAvailable) ?? member);
      await member.restart();
      await between();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** The truth is what can be reached; reads go to followers, and to the leader when there are none. */
  #table(said: ScriptedTable = {}, database: string | undefined): object {
    const { database: home = "neo4j", ttl = 300 } = this.#options;
    const available = this.members.filter(({ isAvailable }) => isAvailable);
    const writers = available.filter(({ isLeader }) => isLeader);
    const followers = available.filter(({ isLeader }) => !isLeader);
    const truth = { routers: available, readers: followers.length > 0 ? followers : writers, writers, ttl };
    const table = { ...truth, ...said };
    const servers = (
      [
        ["ROUTE", "routers"],
        ["READ", "readers"],
        ["WRITE", "writers"],
      ] as const
    ).map(([role, list]) => ({
      role,
      addresses: table[list].map((member) => (typeof member === "string" ? member : member.address)),
    }));
    return { ttl: table.ttl, servers, db: database ?? home };
  }
}

/**
 * Starts a small cluster of scripted Bolt servers on the loopback: for tests of what a program does when leaders change, members are
 * cut off or restart, and routing tables are wrong.
 *
 * @example
 * ```ts
 * await using cluster = await startScriptedCluster({ members: 3 });
 * await using db = driver(cluster.uri, auth.none());
 * cluster.elect(cluster.followers[0]);
 * await db.executeQuery("CREATE (:Order)"); // finds the new leader
 * ```
 */
export async function startScriptedCluster(options: ScriptedClusterOptions = {}): Promise<ScriptedCluster> {
  const { members = 3 } = options;
  if (!Number.isInteger(members) || members < 1) throw new RangeError("A scripted cluster has at least one member.");
  const cluster = new ScriptedCluster(options);
  try {
    for (const member of cluster.members) await member.start();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}
