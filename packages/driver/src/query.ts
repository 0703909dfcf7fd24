/** A query's text together with what configures the transaction it begins. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import type { Parameters } from "./parameters.ts";
import { checkTransactionConfig, type TransactionConfig } from "./transaction-config.ts";

/**
 * A query with the metadata and the time-out of its transaction, for `session.run` and `executeQuery`. (QRY-01)
 * A transaction's own queries take text only, since the transaction has begun already.
 */
export class Query {
  readonly text: string;
  readonly parameters: Parameters | undefined;
  readonly metadata: Parameters | undefined;
  readonly timeout: number | undefined;

  /** @param config the transaction's metadata and its time-out in milliseconds */
  constructor(text: string, config: TransactionConfig & { parameters?: Parameters | undefined } = {}) {
    const { parameters, metadata, timeout } = config;
    this.text = checkedText(text);
    this.parameters = parameters;
    const checked = checkTransactionConfig({ metadata, timeout });
    this.metadata = checked.metadata;
    this.timeout = checked.timeout;
    Object.freeze(this);
  }

  toString(): string {
    return this.text;
  }
}

/** What may be run: text, a `Query`, or a plain object with text and parameters. */
export type QueryInput = string | Query | { readonly text: string; readonly parameters?: Parameters | undefined };

/** The text, parameters and transaction configuration of what is to be run. */
export interface PreparedQuery {
  readonly text: string;
  readonly parameters: Parameters;
  readonly config: TransactionConfig;
}

/**
 * @throws ConfigurationError when the query isn't text, or is empty
 */
export function prepareQuery(query: QueryInput, parameters: Parameters | null | undefined): PreparedQuery {
  if (typeof query === "string") return { text: checkedText(query), parameters: parameters ?? {}, config: {} };
  if (typeof query !== "object" || query === null) throw notAQuery(query);
  const config = query instanceof Query ? { metadata: query.metadata, timeout: query.timeout } : {};
  return { text: checkedText(query.text), parameters: parameters ?? query.parameters ?? {}, config };
}

function checkedText(text: unknown): string {
  if (typeof text !== "string") throw notAQuery(text);
  if (text.trim() === "") throw new ConfigurationError("The query is empty: pass Cypher text.", { option: "query" });
  return text;
}

function notAQuery(value: unknown): ConfigurationError {
  const type = value === null ? "null" : typeof value;
  return new ConfigurationError(`The query must be text or a Query, not ${type}.`, { option: "query" });
}
