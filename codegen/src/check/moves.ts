import type { Model } from "../model/model.ts";
import { dialects, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/**
 * The state machine is deterministic in every version, each state can be reached by some version (FAILED and DEFUNCT are
 * reached by failures), and no request moves from a state which its versions can't reach.
 */
export const moves: Law = (model) => [...ambiguous(model), ...unreachable(model), ...contradictions(model)];

const startState = "NEGOTIATION";
const byFailure = new Set(["FAILED", "DEFUNCT"]);

interface Step {
  readonly request: string;
  readonly where: string;
  readonly from: string;
  readonly to: string;
  readonly outcome: string;
}

function steps(model: Model, version: number, patches: ReadonlySet<string>): Step[] {
  return model.messages
    .filter(({ on }) => isOn(on, version, patches))
    .flatMap(({ wireName, where, moves }) =>
      moves
        .filter(({ on }) => isOn(on, version, patches))
        .flatMap(({ from, to, outcome }) =>
          from.map((state) => ({ request: wireName, where, from: state, to, outcome: outcome ?? "" })),
        ),
    );
}

function reachedIn(list: readonly Step[]): Set<string> {
  const reached = new Set([startState, ...byFailure]);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of list) if (reached.has(from)) reached.add(to);
  }
  return reached;
}

function ambiguous(model: Model): string[] {
  const breaches = new Set<string>();
  for (const { version, patches } of dialects(model)) {
    const seen = new Map<string, string>();
    for (const { request, where, from, to, outcome } of steps(model, version.number, patches)) {
      const key = `${request} ${from} ${outcome}`;
      const other = seen.get(key);
      if (other !== undefined) {
        breaches.add(
          `${where}: moves from ${from} both to ${other} and to ${to}${outcome === "" ? "" : ` on ${outcome}`}; tell them apart by \`on\` or \`outcome\``,
        );
      }
      seen.set(key, to);
    }
  }
  return [...breaches];
}

function unreachable(model: Model): string[] {
  const everReached = new Set<string>();
  const stranded = new Map<string, string>();
  for (const { version, patches } of dialects(model)) {
    const list = steps(model, version.number, patches);
    const reached = reachedIn(list);
    for (const state of reached) everReached.add(state);
    for (const { request, where } of list) {
      if (stranded.has(request) || list.some((step) => step.request === request && reached.has(step.from))) continue;
      stranded.set(request, `${where}: in Bolt ${version.text} no state that it moves from can be reached`);
    }
  }
  const never = model.vocabulary.states
    .filter(({ name }) => !everReached.has(name))
    .map(({ name }) => `STATE_${name}: no move reaches it in any version; add one or remove the state`);
  return [...never, ...stranded.values()];
}

/** A state in which a request is answered by IGNORED or FAILURE is not one that it moves from, nor both. */
function contradictions(model: Model): string[] {
  return model.messages.flatMap(({ where, moves, ignored, refused }) => {
    const from = new Set(moves.flatMap((move) => move.from));
    return [...new Set([...ignored, ...refused])].flatMap((state) => {
      if (from.has(state) && moves.every(({ on }) => on.length === 0)) {
        return [`${where}: both moves from ${state} and is ${ignored.includes(state) ? "ignored" : "refused"} there`];
      }
      return ignored.includes(state) && refused.includes(state)
        ? [`${where}: both ignored and refused in ${state}`]
        : [];
    });
  });
}
