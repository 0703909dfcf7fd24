import type { MessageModel, Model } from "../model/model.ts";
import { type Literal, printLiteral, whenLiteral } from "./literal.ts";
import { rowsText } from "./markers.ts";
import type { Output } from "./product.ts";
import { docComment, header } from "./typescript.ts";

/** `src/gen/states.ts`: the state machine of a server's side of a connection. */
export function emitStates({ messages, vocabulary }: Model): Output {
  const moves = messages.flatMap(({ wireName, moves, on }) =>
    moves.map((move): Literal => {
      // A move without ranges of its own lasts as long as its request.
      const ranges = move.on.length === 0 ? on : move.on;
      return { request: wireName, from: move.from, to: move.to, outcome: move.outcome, on: whenLiteral(ranges) };
    }),
  );
  const requests = messages.filter(({ direction }) => direction === "request");
  const states = vocabulary.states
    .map(({ name, doc }) => `${docComment(doc, "  ")}  ${JSON.stringify(name)},\n`)
    .join("");
  return {
    path: "src/gen/states.ts",
    text: `${header}
${docComment("The states of a server's side of a connection.")}export const states = [
${states}] as const;

${docComment("A state of the server's side of a connection.")}export type State = (typeof states)[number];

${docComment("What a SUCCESS said, where a move depends on it.")}export type Outcome = ${vocabulary.outcomes.map((name) => JSON.stringify(name)).join(" | ") || "never"};

${docComment("A range of versions, both ends included, possibly bound to a patch. Several are alternatives; none: always.")}export interface When {
  readonly since?: number;
  readonly until?: number;
  readonly patch?: string;
  readonly unlessPatch?: string;
}

${docComment("Where a SUCCESS to a request leads.")}export interface Move {
  readonly request: string;
  readonly from: readonly State[];
  readonly to: State;
  /** Absent: any SUCCESS. */
  readonly outcome?: Outcome;
  readonly on: readonly When[];
}

${docComment("Every move.")}export const moves: readonly Move[] = ${rowsText(moves)};

${docComment("Where a request is answered by IGNORED.")}export const ignoredIn: { readonly [request: string]: readonly State[] } = ${byRequest(requests, "ignored")};

${docComment("Where a request is answered by FAILURE and the connection stays open. In a state that is named nowhere the server answers FAILURE and closes.")}export const refusedIn: { readonly [request: string]: readonly State[] } = ${byRequest(requests, "refused")};`,
  };
}

function byRequest(requests: readonly MessageModel[], reaction: "ignored" | "refused"): string {
  const rows = requests.filter((request) => request[reaction].length > 0);
  if (rows.length === 0) return "{}";
  return `{\n${rows.map((request) => `  ${request.wireName}: ${printLiteral(request[reaction], "  ")},\n`).join("")}}`;
}
