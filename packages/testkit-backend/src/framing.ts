/** The suite's frames: JSON between two marker lines, one for requests and one for answers. */
import { parseLossless, stringifyLossless } from "./lossless-json.ts";

/** What a frame holds, and how objects lie in each other. */
export interface Framed {
  readonly name: string;
  readonly data?: unknown;
}

/** Puts requests together from text that arrives in pieces. Lines outside of a frame are nobody's. */
export class RequestReader {
  #rest = "";
  #lines: string[] | undefined;

  /** @throws SyntaxError when a frame doesn't hold JSON */
  *push(piece: string): Iterable<Framed> {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines.map((text) => text.trimEnd())) {
      if (line === "#request begin") {
        this.#lines = [];
      } else if (line === "#request end" && this.#lines !== undefined) {
        const text = this.#lines.join("\n");
        this.#lines = undefined;
        yield parseLossless(text) as Framed;
      } else {
        this.#lines?.push(line);
      }
    }
  }
}

export function frameAnswer({ name, data = {} }: Framed): string {
  return `#response begin\n${stringifyLossless({ name, data })}\n#response end\n`;
}
