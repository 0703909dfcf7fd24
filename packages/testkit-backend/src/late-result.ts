/**
 * A result whose query has been answered. The suite expects of the borrowed name that a query's failure shows where its
 * result is first read, and wants the keys before that.
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
