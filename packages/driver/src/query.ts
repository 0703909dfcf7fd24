/** A query's text together with what configures the transaction it begins. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { ParameterError } from "@fulgur/neo4j-types";
import { CypherFragment } from "./cypher-fragment.ts";
import type { Parameters } from "./parameters.ts";
import { checkedObject, checkTransactionConfig, type TransactionConfig } from "./transaction-config.ts";

/**
 * A query with the metadata and the time-out of its transaction, for `session.run` and `executeQuery`. (QRY-01)
 * A transaction refuses queries with either, since it has begun already.
 */
export class Query {
  readonly text: string;
  readonly parameters: Parameters | undefined;
  readonly metadata: Parameters | undefined;
  readonly timeout: number | undefined;

  /**
   * @param text Cypher, or what the `cypher` tag gave
   * @param config the transaction's metadata and its time-out in milliseconds; values for parameters
   * @throws ConfigurationError for a query without text, for an unknown key and for what can't configure a transaction
   */
  constructor(
    text: string | CypherFragment,
    config: TransactionConfig & { parameters?: Parameters | null | undefined } = {},
  ) {
    const { parameters, metadata, timeout } = checkedObject(config, "Query", ["parameters", "metadata", "timeout"]);
    const isFragment = text instanceof CypherFragment;
    this.text = checkedText(isFragment ? text.text : text);
    this.parameters = isFragment ? withGenerated(text, parameters) : (parameters ?? undefined);
    const checked = checkTransactionConfig({ metadata, timeout });
    this.metadata = checked.metadata;
    this.timeout = checked.timeout;
    Object.freeze(this);
  }

  toString(): string {
    return this.text;
  }
}

/** What may be run: text, a `Query`, what the `cypher` tag gave, or a plain object with text and parameters. */
export type QueryInput =
  | string
  | Query
  | CypherFragment
  | { readonly text: string; readonly parameters?: Parameters | undefined };

/** The text, parameters and transaction configuration of what is to be run. */
export interface PreparedQuery {
  readonly text: string;
  readonly parameters: Parameters;
  readonly config: TransactionConfig;
}

/**
 * Values come from the query itself and from the call; of two for one name the call's counts.
 *
 * @throws ConfigurationError when the query isn't text, or is empty
 */
export function prepareQuery(query: QueryInput, parameters: Parameters | null | undefined): PreparedQuery {
  if (typeof query === "string") return { text: checkedText(query), parameters: parameters ?? {}, config: {} };
  if (typeof query !== "object" || query === null) throw notAQuery(query);
  const text = checkedText(query.text);
  if (query instanceof CypherFragment) return { text, parameters: withGenerated(query, parameters), config: {} };
  const config = query instanceof Query ? { metadata: query.metadata, timeout: query.timeout } : {};
  return { text, parameters: merged(query.parameters, parameters), config };
}

/**
 * As `prepareQuery`, in a transaction that has begun.
 *
 * @throws TypeError for a Query with metadata or a time-out
 */
export function prepareInTransaction(query: QueryInput, parameters: Parameters | null | undefined): PreparedQuery {
  const prepared = prepareQuery(query, parameters);
  const { metadata, timeout } = prepared.config;
  if (metadata === undefined && timeout === undefined) return prepared;
  throw new TypeError(
    "A query in a transaction can't have metadata or a time-out of its own: give them to the transaction, when it begins.",
  );
}

/** What is only given once stays the object that it is: a summary gives it back. */
function merged(own: Parameters | undefined, given: Parameters | null | undefined): Parameters {
  if (own === undefined || own === null) return given ?? {};
  if (given === undefined || given === null) return own;
  // What is no map of values is for the check of the parameters to refuse.
  return typeof given !== "object" || Array.isArray(given) ? given : { ...own, ...given };
}

function withGenerated(fragment: CypherFragment, given: Parameters | null | undefined): Parameters {
  for (const name of Object.keys(given ?? {})) {
    if (!Object.hasOwn(fragment.parameters, name)) continue;
    throw new ParameterError(`The parameter ${name} is already one that the cypher tag made: choose another name.`, {
      path: name,
      type: typeof given?.[name],
    });
  }
  return merged(fragment.parameters, given);
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
