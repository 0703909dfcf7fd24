import { inspect } from "../inspect.ts";
import type { Attempt } from "./attempt.ts";
import { brandErrorClass, hasErrorBrand } from "./brand.ts";
import { errorJson, errorText } from "./error-forms.ts";

/** What the GQL standard says of an error, by the side whose fault it is. */
export type GqlClassification = "CLIENT_ERROR" | "DATABASE_ERROR" | "TRANSIENT_ERROR" | "UNKNOWN";

/** The GQL diagnostic record of an error: `CURRENT_SCHEMA`, `OPERATION`, `_classification`, `_position`, ... */
export type DiagnosticRecord = Readonly<Record<string, unknown>>;

/** What every error of the driver may carry besides its message. */
export interface ErrorDetails {
  /** The Neo4j status code, such as `Neo.ClientError.Statement.SyntaxError`. Default: `N/A`. */
  readonly code?: string | undefined;
  /** The five characters of the GQL status. Default: `50N42`, the one for everything that has none. */
  readonly gqlStatus?: string | undefined;
  readonly gqlStatusDescription?: string | undefined;
  readonly diagnosticRecord?: DiagnosticRecord | undefined;
  readonly cause?: unknown;
}

const unknownStatus = "50N42";
const unknownDescription = "error: general processing exception - unexpected error";
const emptyRecord: DiagnosticRecord = Object.freeze({ OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" });

/**
 * What the errors of the server ({@link Neo4jError}) and of the driver ({@link DriverError}) have in common (ERR-01).
 *
 * `instanceof` works across two copies of the package: each class is branded, see {@link brandErrorClass}.
 */
export abstract class Neo4jDriverBaseError extends Error {
  /** The server's status code; of errors that npm's driver names by a code, such as `ServiceUnavailable`, that; else `N/A`. */
  readonly code: string;
  /** The GQL status (ERR-35); `50N42` when the server gave none. */
  readonly gqlStatus: string;
  readonly gqlStatusDescription: string;
  readonly diagnosticRecord: DiagnosticRecord;
  /** With the error that ends a unit of work which was tried several times: every try, the last one included. Not enumerable. (TX-22) */
  declare readonly attempts?: readonly Attempt[] | undefined;

  static {
    brandErrorClass(Neo4jDriverBaseError, "Neo4jDriverBaseError");
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code ?? "N/A";
    this.gqlStatus = details.gqlStatus ?? unknownStatus;
    this.gqlStatusDescription = details.gqlStatusDescription ?? unknownDescription;
    this.diagnosticRecord = details.diagnosticRecord ?? emptyRecord;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this method, and `this` is the class that was asked
    return hasErrorBrand(this, value);
  }

  /** Whether doing the whole unit of work again may succeed (ERR-03, ERR-18). False unless a class says otherwise. */
  isRetryable(): boolean {
    return false;
  }

  /** The GQL classification as the server wrote it, if it did. */
  get rawClassification(): string | undefined {
    const classification = this.diagnosticRecord["_classification"];
    return typeof classification === "string" ? classification : undefined;
  }

  /** The GQL classification; `UNKNOWN` when there is none or it isn't known here. */
  get classification(): GqlClassification {
    const raw = this.rawClassification;
    return raw === "CLIENT_ERROR" || raw === "DATABASE_ERROR" || raw === "TRANSIENT_ERROR" ? raw : "UNKNOWN";
  }

  /** The first error with a GQL status among this one and its causes. */
  findByGqlStatus(gqlStatus: string): Neo4jDriverBaseError | undefined {
    const seen = new Set<unknown>();
    for (let error: unknown = this; error instanceof Neo4jDriverBaseError && !seen.has(error); error = error.cause) {
      if (error.gqlStatus === gqlStatus) return error;
      seen.add(error);
    }
    return undefined;
  }

  /** {@link code} where it is a server's status code, such as `Neo.ClientError.Statement.SyntaxError`. */
  get serverCode(): string | undefined {
    return this.code.includes(".") ? this.code : undefined;
  }

  /** Name, code and message in one line (ERR-37). Never a parameter's value or a credential. */
  override toString(): string {
    const code = this.serverCode === undefined ? "" : ` [${this.code}]`;
    return `${this.name}${code}: ${this.message}`;
  }

  /**
   * What to send elsewhere: name, message, all fields, attempts and causes, but no stack. (`structuredClone` keeps only message, stack and
   * cause of an error.) (ERR-01)
   */
  toJSON(): Record<string, unknown> {
    return errorJson(this);
  }

  /**
   * Inside of something else one line; by itself {@link toString}, the stack's frames, what was tried, and the same of the cause:
   * Node prints uncaught errors so.
   */
  [inspect](depth?: number | null, options?: { readonly depth?: number | null }): string {
    const isInside = typeof depth === "number" && typeof options?.depth === "number" && depth < options.depth;
    if (isInside) return this.toString().split("\n", 1)[0]!;
    return errorText(this);
  }
}
