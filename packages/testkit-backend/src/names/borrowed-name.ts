/**
 * What the suite expects of a driver of a name beyond behaviour: it has expectations for six names and none for others, and compares some
 * types, codes and texts of errors with those of that driver word by word.
 */
import type { Neo4jDriverBaseError } from "@fulgur/neo4j-driver";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";

export interface BorrowedName {
  /** What the suite calls the kind of an error. */
  errorType(error: Neo4jDriverBaseError): string;
  code(error: Neo4jDriverBaseError): string;
  message(error: Neo4jDriverBaseError): string;
  warning(text: string): string;
  /** Where the suite insists that a query's failure shows with its first record; everywhere else it may show at once. */
  showsFailuresLate(test: string): boolean;
  /** Whether the suite knows nothing to expect of a driver of this name there, and so can't tell anything about ours. */
  hasNoExpectation(test: string): boolean;
}

const names = { javascript, python };

export type Name = keyof typeof names;

export const nameChoices = Object.keys(names) as readonly Name[];

/** The name that this process borrows, as the suite's own variable says. */
export function borrowedName(): BorrowedName {
  const { TEST_DRIVER_NAME: name = "javascript" } = process.env;
  if (!Object.hasOwn(names, name))
    throw new Error(`TEST_DRIVER_NAME=${name}: the backend borrows ${nameChoices.join(" or ")}.`);
  return names[name as Name];
}
