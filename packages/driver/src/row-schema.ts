/** Rows that are checked by a Standard Schema: zod, valibot, arktype and others implement it. See https://standardschema.dev. */
import { ResultError } from "@fulgur/neo4j-core";
import { brandErrorClass } from "@fulgur/neo4j-types";

/** A schema of any library that implements Standard Schema, version 1. */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What a schema makes of a value. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** What is wrong with a value, and where in it. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The type of the rows that a schema lets through. */
export type OutputOf<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["output"];

/**
 * A row of a result isn't what its schema says. The message says which row and where in it, never the value; the schema's own words,
 * which may quote it, are in `issues`.
 */
export class RowValidationError extends ResultError {
  /** The row's index in the result, from 0. */
  readonly row: number;
  /** Where in the row the first thing is wrong: the column, then keys and indices. Empty: the row itself. */
  readonly path: readonly PropertyKey[];
  /** All that is wrong, in the schema's words. Not enumerable, since they may quote values. */
  declare readonly issues: readonly SchemaIssue[];

  static {
    brandErrorClass(RowValidationError, "RowValidationError");
  }

  /** @internal Made by results. */
  constructor(row: number, issues: readonly SchemaIssue[], result: object) {
    const path = pathOf(issues[0]);
    const where = path.length === 0 ? "" : ` at ${pathText(path)}`;
    const more = issues.length > 1 ? ` (and in ${issues.length - 1} more places)` : "";
    super(`Row ${row} of the result isn't what its schema says${where}${more}. The error's \`issues\` say why.`, {
      result,
    });
    this.row = row;
    this.path = path;
    Object.defineProperty(this, "issues", { value: issues, enumerable: false });
  }
}

/** @throws TypeError for what doesn't implement Standard Schema */
export function checkSchema(schema: unknown): void {
  const standard = (schema as Partial<StandardSchema> | null | undefined)?.["~standard"];
  if (typeof standard?.validate === "function") return;
  throw new TypeError("A schema of rows must implement Standard Schema, as those of zod, valibot and arktype do.");
}

/** The row as the schema gives it: checked, and what the schema turns it into. */
export function validateRow<Output>(
  { "~standard": standard }: StandardSchema<Output>,
  row: object,
  index: number,
  result: object,
): Output | Promise<Output> {
  const outcome = (found: SchemaResult<Output>): Output => {
    if (found.issues !== undefined) throw new RowValidationError(index, found.issues, result);
    return found.value;
  };
  const found = standard.validate(row);
  return found instanceof Promise ? found.then(outcome) : outcome(found);
}

function pathOf(issue: SchemaIssue | undefined): PropertyKey[] {
  return (issue?.path ?? []).map((step) => (typeof step === "object" ? step.key : step));
}

/** `person.tags[0]`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
