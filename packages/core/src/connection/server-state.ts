import type { Outcome, State } from "../gen/states.ts";
import { listStates, only, type StateMachine, type StateSet } from "./state-machine.ts";

/** A set of the states in which a result is open. */
const streaming = only("STREAMING") | only("TX_STREAMING");

/** Where the server is after its last answer, and where it may be when it gets the next request. */
export class ServerState {
  machine: StateMachine;
  #state: State = "NEGOTIATION";
  #ahead: StateSet = only("NEGOTIATION");
  /** How many results of the open transaction aren't exhausted. */
  #openResults = 0;

  constructor(machine: StateMachine) {
    this.machine = machine;
  }

  get state(): State {
    return this.#state;
  }

  get isInTransaction(): boolean {
    return this.#state.startsWith("TX_");
  }

  /** The states that the next request may meet, for people. */
  get foreseen(): string {
    return listStates(this.#ahead);
  }

  /** Whether the next request would be ignored, for want of a RESET. */
  get willBeFailed(): boolean {
    return this.#ahead === only("FAILED");
  }

  /**
   * Where a request would lead if it were sent now; 0 when it isn't possible.
   *
   * @param everything it asks for all records.
   */
  ahead(request: string, everything: boolean): StateSet {
    // Only an open result asks for more: where others may have ended by then, this one hasn't.
    const open = request === "PULL" || request === "DISCARD" ? this.#ahead & streaming : 0;
    return this.machine.ahead(request, open === 0 ? this.#ahead : open, everything);
  }

  /** A request was sent that leads there. */
  foresee(ahead: StateSet): void {
    this.#ahead = ahead;
  }

  /**
   * A SUCCESS came.
   *
   * @param isLast no other request is under way.
   * @returns the new state, or `undefined` when the spec has no such move.
   */
  succeed(request: string, metadata: { readonly hasMore?: boolean }, isLast: boolean): State | undefined {
    const next = this.machine.next(request, this.#state, this.#outcome(request, metadata));
    if (next === undefined) return undefined;
    this.#state = next;
    if (next === "READY" || next === "STREAMING") this.#openResults = 0;
    if (isLast) this.#ahead = only(next);
    return next;
  }

  /**
   * A FAILURE came.
   *
   * @param isResetComing a RESET is under way, so what is sent now meets no failed server.
   */
  fail(isResetComing: boolean): void {
    this.#state = "FAILED";
    if (!isResetComing) this.#ahead = only("FAILED");
  }

  close(): void {
    this.#state = "DEFUNCT";
  }

  #outcome(request: string, metadata: { readonly hasMore?: boolean }): Outcome | undefined {
    if (request === "RUN" && this.isInTransaction) this.#openResults++;
    if (request !== "PULL" && request !== "DISCARD") return undefined;
    if (metadata.hasMore) return "hasMore";
    if (this.#openResults > 0) this.#openResults--;
    return this.#openResults > 0 ? "finalOthersOpen" : "final";
  }
}
