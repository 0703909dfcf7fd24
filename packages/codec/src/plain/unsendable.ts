import { ParameterError } from "@fulgur/neo4j-types";

/**
 * Thrown within the writer for a value that can't be sent. Each list and map around it adds where it stands, so that
 * the path costs nothing until it is needed.
 */
export class Unsendable extends Error {
  readonly reason: string;
  readonly type: string;
  /** What was met where nesting became too deep: if it is met again on the way up, it contains itself. */
  readonly #deepest: unknown;
  /** From the inside out. */
  #steps: string[] = [];
  #loop: string[] | undefined;

  constructor(reason: string, value: unknown, deepest?: unknown) {
    super(reason);
    this.reason = reason;
    this.type = typeName(value);
    this.#deepest = deepest;
  }

  /** Adds where in a list or map the value stands. */
  within(container: unknown, step: string | number): this {
    this.#steps.push(typeof step === "number" ? `[${step}]` : keyStep(step));
    if (this.#deepest !== undefined && container === this.#deepest) {
      this.#loop ??= this.#steps.slice();
      this.#steps = this.#loop.slice();
    }
    return this;
  }

  /** @param root how the path begins; empty for a query's parameters. */
  toParameterError(root: string): ParameterError {
    const joined = root + this.#steps.reverse().join("");
    const path = joined.startsWith(".") ? joined.slice(1) : joined;
    const reason = this.#loop === undefined ? this.reason : "it contains itself";
    const where = path === "" ? "The value" : `The parameter ${path}`;
    return new ParameterError(`${where} can't be sent: ${reason}`, { path, type: this.type });
  }
}

function keyStep(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** A `typeof`, or the name of an object's class. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const constructor: unknown = value.constructor;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "object";
}
