/**
 * A result whose query has been answered. Its keys are wanted then; a failure that they have met is kept for whoever is to
 * be told of it: the answer to the query, or the first who reads the result.
 */
import type { Result } from "@fulgur/neo4j-driver";

export class LateResult {
  readonly #result: Result;
  #failure: { readonly error: unknown } | undefined;

  constructor(result: Result) {
    this.#result = result;
  }

  /** `null` when there is a failure to come. */
  async keys(): Promise<readonly string[] | null> {
    try {
      return await this.#result.keys();
    } catch (error) {
      this.#failure = { error };
      return null;
    }
  }

  /** The result, to be read at once: it is thenable, and a promise that it passes through would read it. */
  get read(): Result {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
    return this.#result;
  }
}
