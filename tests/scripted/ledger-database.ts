/**
 * A database behind a scripted server: the rows that were committed, and the nodes of the ledger with their locks. Faults come where a test
 * wants them.
 */
import type { Conversation, RequestOf, ScriptedPeer } from "@fulgur/neo4j-testing";

/** What goes wrong, once. */
export interface Fault {
  /** A type of message, of all connections. */
  readonly at: "BEGIN" | "RUN" | "PULL" | "COMMIT";
  /** Which of that type, from 1. */
  readonly nth: number;
  /**
   * The connection breaks before it is done, after it is done and before that is told, or at once while it is still being done; or the server
   * refuses it as a deadlock; or it has done it, and says that it is shutting down.
   */
  readonly how: "before" | "after" | "late" | "deadlock" | "shutdown";
}

interface Slot {
  run: string;
  done: string[];
  /** Resolves when the transaction that holds the node has ended. */
  held: Promise<void> | undefined;
}

type Parameters = RequestOf<"RUN">["parameters"];

export class LedgerDatabase {
  /** The ids of all rows that were committed, as often as they were. */
  readonly rows: number[] = [];
  readonly slots = new Map<string, Slot>();
  /** How many keys a slot has had at most. */
  longestNote = 0;
  /** Of rows that it refuses, and with which code. */
  readonly refused = new Map<number, string>();
  /** More rows in one query are too much for it. */
  mostRows = Number.POSITIVE_INFINITY;
  /** The batches that are being written at the moment, and how many there were at most. */
  readonly atOnce = { now: 0, most: 0 };
  /** The first batches are answered when so many of them are there. */
  waitsFor = 1;
  #arrived: (() => void)[] = [];
  readonly #faults: Fault[];
  readonly #seen = new Map<string, number>();

  constructor(faults: readonly Fault[] = []) {
    this.#faults = [...faults];
  }

  /** One more batch is being written. */
  async arrived(): Promise<void> {
    this.atOnce.most = Math.max(this.atOnce.most, ++this.atOnce.now);
    if (this.atOnce.most < this.waitsFor) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    for (const answer of this.#arrived.splice(0)) answer();
  }

  /** Faults that have not come to pass. */
  get unused(): readonly Fault[] {
    return this.#faults;
  }

  readonly conversation: Conversation = async (peer) => {
    await peer.login();
    await new Visit(this, peer).serve();
  };

  /** What is to go wrong with this message. */
  faultAt(type: string): Fault["how"] | undefined {
    const count = (this.#seen.get(type) ?? 0) + 1;
    this.#seen.set(type, count);
    const at = this.#faults.findIndex((fault) => fault.at === type && fault.nth === count);
    return at < 0 ? undefined : this.#faults.splice(at, 1)[0]!.how;
  }
}

/** One client, and its transaction. */
class Visit {
  readonly #database: LedgerDatabase;
  readonly #peer: ScriptedPeer;
  #undo: (() => void)[] = [];
  #atCommit: (() => void)[] = [];
  #rows: number[] = [];
  readonly #locked = new Set<Slot>();
  #release: (() => void) | undefined;
  #held: Promise<void> | undefined;
  #hasFailed = false;
  #results: (readonly unknown[])[][] = [];

  constructor(database: LedgerDatabase, peer: ScriptedPeer) {
    this.#database = database;
    this.#peer = peer;
  }

  async serve(): Promise<void> {
    for (;;) {
      const request = await this.#peer.receiveAny(Number.POSITIVE_INFINITY);
      if (request === undefined || request.type === "GOODBYE") return this.#end(false);
      const how = this.#database.faultAt(request.type);
      if (how === "before") {
        this.#end(false);
        return this.#peer.destroy();
      }
      if (how === "late") {
        this.#peer.destroy();
        // The server goes on for a while, and nobody hears of it.
        for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
        return this.#end(request.type === "COMMIT");
      }
      if (how === "after") {
        this.#end(request.type === "COMMIT");
        return this.#peer.destroy();
      }
      if (request.type === "RESET") {
        this.#end(false);
        this.#peer.success();
      } else if (this.#hasFailed) {
        this.#peer.ignored();
      } else if (how === "deadlock") {
        this.#fail("Neo.TransientError.Transaction.DeadlockDetected");
      } else if (how === "shutdown") {
        this.#end(request.type === "COMMIT");
        this.#hasFailed = true;
        this.#peer.failure("Neo.TransientError.General.DatabaseUnavailable", "shuts down", { gqlStatus: "08N09" });
      } else if (request.type === "RUN") {
        await this.#run(request.query, request.parameters);
      } else if (request.type === "PULL") {
        this.#pull(Number(request.extra.qid ?? -1));
      } else if (request.type === "COMMIT") {
        this.#end(true);
        this.#peer.success({ bookmark: "b" });
      } else {
        if (request.type === "ROLLBACK") this.#end(false);
        this.#peer.success();
      }
    }
  }

  async #run(query: string, parameters: Parameters): Promise<void> {
    const isLedger = query.includes(":FulgurIngestLedger ");
    const answer = isLedger ? await this.#ledger(query, parameters) : await this.#write(parameters);
    if (answer === undefined) return;
    const qid = this.#results.push(answer.records) - 1;
    this.#peer.success({ fields: answer.fields, qid });
  }

  #pull(qid: number): void {
    const records = this.#results.at(qid) ?? [];
    this.#peer.records(...records);
    this.#peer.success({ stats: { "nodes-created": this.#rows.length } });
  }

  async #write({ rows }: Parameters) {
    const ids = (rows as { id: number }[]).map(({ id }) => id);
    if (ids.length > this.#database.mostRows) {
      this.#fail("Neo.TransientError.General.MemoryPoolOutOfMemoryError");
      return undefined;
    }
    const bad = ids.find((id) => this.#database.refused.has(id));
    if (bad !== undefined) {
      this.#fail(this.#database.refused.get(bad)!);
      return undefined;
    }
    const { atOnce } = this.#database;
    this.#undo.push(() => atOnce.now--);
    this.#rows.push(...ids);
    await this.#database.arrived();
    return { fields: ["written"], records: [[ids.length]] };
  }

  async #ledger(query: string, { job, slot, run, done, slots }: Parameters) {
    const nodes = this.#database.slots;
    const own = [...nodes.keys()].filter((key) => key.startsWith(`${job}/`));
    if (query.includes("DELETE")) {
      for (const key of own) {
        const node = await this.#lock(key);
        if (node?.run !== run) continue;
        this.#atCommit.push(() => nodes.delete(key));
      }
      return { fields: [], records: [] };
    }
    if (query.includes("MERGE")) {
      for (let i = 0; i < Number(slots); i++) {
        const key = `${job}/${i}`;
        // A real one would not see a node of a transaction that may yet fail, and make another.
        for (
          let other = nodes.get(key);
          other?.held !== undefined && other.held !== this.#held;
          other = nodes.get(key)
        ) {
          await other.held;
        }
        if (nodes.has(key)) continue;
        nodes.set(key, { run: run as string, done: [], held: undefined });
        this.#undo.push(() => nodes.delete(key));
        await this.#lock(key);
      }
      return { fields: [], records: [] };
    }
    if (slot === undefined) {
      const found: unknown[][] = [];
      for (const key of own) {
        const node = await this.#lock(key);
        if (node === undefined) continue;
        this.#set(node, { run: run as string });
        found.push([Number(key.split("/")[1]), node.done]);
      }
      return { fields: ["slot", "done"], records: found };
    }
    const node = await this.#lock(`${job}/${slot}`);
    if (node === undefined) return { fields: ["noted", "found"], records: [[0, 0]] };
    if (query.includes("$asked")) return { fields: ["done", "isOurs"], records: [[node.done, node.run === run]] };
    this.#database.longestNote = Math.max(this.#database.longestNote, (done as string[]).length);
    this.#set(node, { done: done as string[] });
    return { fields: ["noted", "found"], records: [[node.run === run ? 1 : 0, 1]] };
  }

  /** The node is this transaction's until it ends, and was nobody's before; none if it was deleted meanwhile. */
  async #lock(key: string): Promise<Slot | undefined> {
    if (this.#held === undefined) this.#held = new Promise((resolve) => (this.#release = resolve));
    let node = this.#database.slots.get(key);
    while (node?.held !== undefined && node.held !== this.#held) {
      await node.held;
      node = this.#database.slots.get(key);
    }
    if (node === undefined) return undefined;
    node.held = this.#held;
    this.#locked.add(node);
    return node;
  }

  #set(node: Slot, change: Partial<Slot>): void {
    const before = { ...node };
    Object.assign(node, change);
    this.#undo.push(() => Object.assign(node, { run: before.run, done: before.done }));
  }

  #fail(code: string): void {
    this.#end(false);
    this.#hasFailed = true;
    this.#peer.failure(code, "refused");
  }

  #end(isCommitted: boolean): void {
    if (isCommitted) {
      this.#database.rows.push(...this.#rows);
      for (const change of this.#atCommit) change();
      this.#database.atOnce.now -= this.#rows.length > 0 ? 1 : 0;
    } else for (const undo of this.#undo.reverse()) undo();
    for (const node of this.#locked) node.held = undefined;
    this.#locked.clear();
    this.#undo = [];
    this.#atCommit = [];
    this.#rows = [];
    this.#results = [];
    this.#hasFailed = false;
    this.#release?.();
    this.#release = undefined;
    this.#held = undefined;
  }
}
