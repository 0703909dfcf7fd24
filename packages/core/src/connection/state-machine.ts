import { isOn, type VersionNumber } from "@fulgur/neo4j-codec";
import { type Move, moves, type Outcome, type State, states } from "../gen/states.ts";

/** A set of states, as a bit mask: bit n is `states[n]`. */
export type StateSet = number;

/** Where requests lead in one version: the spec's moves, by request and state. */
export interface StateMachine {
  /** Whether the version has the request at all. */
  knows(request: string): boolean;
  /**
   * The state after a SUCCESS.
   *
   * @param outcome what the SUCCESS said, for the moves that depend on it.
   * @returns `undefined` when the spec has no such move.
   */
  next(request: string, from: State, outcome: Outcome | undefined): State | undefined;
  /**
   * The states after a request that is answered by SUCCESS, whatever it says.
   *
   * @param everything it asks for all records, so that `hasMore` can't be the answer.
   * @returns 0 when the request isn't possible in some of the states it may meet.
   */
  ahead(request: string, from: StateSet, everything: boolean): StateSet;
}

/** A set of one. */
export function only(state: State): StateSet {
  return 1 << states.indexOf(state);
}

/** The states of a set, for messages. */
export function listStates(set: StateSet): string {
  return states.filter((_, index) => (set & (1 << index)) !== 0).join(" or ");
}

const machines = new Map<string, StateMachine>();

/** The machine of a version with its accepted patches; made once for each. */
export function stateMachine(version: VersionNumber, patches: readonly string[] = []): StateMachine {
  const key = [version, ...patches].join();
  let machine = machines.get(key);
  if (machine === undefined) {
    machine = makeMachine(moves, version, new Set(patches));
    machines.set(key, machine);
  }
  return machine;
}

function makeMachine(all: readonly Move[], version: VersionNumber, patches: ReadonlySet<string>): StateMachine {
  const byRequest = new Map<string, RequestMoves>();
  for (const move of all) {
    if (!isOn(move.on, version, patches)) continue;
    const known = byRequest.get(move.request);
    if (known === undefined) byRequest.set(move.request, new RequestMoves([move]));
    else known.moves.push(move);
  }
  return {
    knows: (request) => byRequest.has(request),
    next: (request, from, outcome) => byRequest.get(request)?.next(from, outcome),
    ahead: (request, from, everything) => byRequest.get(request)?.ahead(from, everything) ?? 0,
  };
}

/** The moves of one request. Each question is answered by going through them once, and from then on by what that gave. */
class RequestMoves {
  readonly moves: Move[];
  readonly #next = new Map<State, Map<Outcome | undefined, State | undefined>>();
  /** By the set of states and, in the bit above those, whether everything is asked for. */
  readonly #ahead = new Map<number, StateSet>();

  constructor(moves: Move[]) {
    this.moves = moves;
  }

  next(from: State, outcome: Outcome | undefined): State | undefined {
    let known = this.#next.get(from);
    if (known === undefined) this.#next.set(from, (known = new Map()));
    const next = known.get(outcome);
    if (next !== undefined || known.has(outcome)) return next;
    const found = this.#findNext(from, outcome);
    known.set(outcome, found);
    return found;
  }

  ahead(from: StateSet, everything: boolean): StateSet {
    const key = everything ? from | (1 << states.length) : from;
    let ahead = this.#ahead.get(key);
    if (ahead === undefined) this.#ahead.set(key, (ahead = this.#findAhead(from, everything)));
    return ahead;
  }

  #findNext(from: State, outcome: Outcome | undefined): State | undefined {
    const possible = this.moves.filter((move) => move.from.includes(from));
    // Outside a transaction there are no other results, so there a plain `final` is all the spec has.
    const wanted = [outcome, outcome === "finalOthersOpen" ? "final" : undefined, undefined];
    for (const said of wanted) {
      const move = possible.find((candidate) => candidate.outcome === said);
      if (move !== undefined) return move.to;
    }
    return undefined;
  }

  #findAhead(from: StateSet, everything: boolean): StateSet {
    let set = 0;
    for (let index = 0; index < states.length; index++) {
      if ((from & (1 << index)) === 0) continue;
      const next = this.#successors(states[index]!, everything);
      if (next === 0) return 0;
      set |= next;
    }
    return set;
  }

  #successors(from: State, everything: boolean): StateSet {
    let set = 0;
    for (const move of this.moves) {
      if (move.from.includes(from) && !(everything && move.outcome === "hasMore")) set |= only(move.to);
    }
    return set;
  }
}
