import type { bolt, ExpectedResult, RecordBatch } from "@fulgur/neo4j-codec";
import type { AuthToken } from "../auth/tokens.ts";
import type { CallSite } from "../errors/call-site.ts";

/** Whoever made a request, and is told the answer. Exactly one of `success` and `failed` is called. */
export interface Answer<Name extends bolt.Request["type"] = bolt.Request["type"]> {
  /** @param raw the metadata under the names of the wire, with what isn't declared */
  success(
    metadata: Name extends keyof bolt.SuccessTypes ? bolt.SuccessTypes[Name] : unknown,
    raw?: Readonly<Record<string, unknown>>,
  ): void;
  failed(error: Error): void;
  /** Takes records. Absent: records in this answer break the protocol. */
  records?(batch: RecordBatch): void;
  /** The result whose records come next; asked when this answer's turn begins. */
  expected?(): ExpectedResult | undefined;
  /** The query that the request is about, for the caret under a mistake. */
  readonly query?: string | undefined;
  readonly site?: CallSite | undefined;
  /** Whose secrets the request has: a server that quotes them is not let through. */
  readonly auth?: AuthToken | undefined;
}

/** For requests whose outcome shows in the answers of others. */
export const quiet: Answer<"RESET"> = { success() {}, failed() {} };

/** For a RESET that two have asked for. */
export function both(first: Answer<"RESET">, second: Answer<"RESET">): Answer<"RESET"> {
  return {
    site: first.site ?? second.site,
    success(metadata) {
      first.success(metadata);
      second.success(metadata);
    },
    failed(error) {
      first.failed(error);
      second.failed(error);
    },
  };
}
