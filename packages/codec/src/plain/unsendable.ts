import { ParameterError } from "@fulgur/neo4j-types";

/**
 * Thrown within the writer for a value that can't be sent. Each list and map around it adds where it stands, so that
 * the path costs nothing until it is needed.
 */
export class Unsendable extends Error {
  readonly reason: string;
  readonly type: string;
  /** The list or map at which nesting became too deep. */
  readonly #deepest: object | undefined;
  /** From the inside out: the lists and maps around the value, and the step that each takes towards it. */
  readonly #containers: object[] = [];
  readonly #steps: string[] = [];

  constructor(reason: string, value: unknown, deepest?: object) {
    super(reason);
    this.reason = reason;
    this.type = typeName(value);
    this.#deepest = deepest;
  }

  /** Adds where in a list or map the value stands. */
  within(container: object, step: string | number): this {
    this.#containers.push(container);
    this.#steps.push(typeof step === "number" ? `[${step}]` : keyStep(step));
    return this;
  }

  /** @param root how the path begins; empty for a query's parameters. */
  toParameterError(root: string): ParameterError {
    const loop = this.#loop();
    const steps = this.#steps.toReversed().slice(0, loop);
    const joined = root + steps.join("");
    const path = joined.startsWith(".") ? joined.slice(1) : joined;
    const reason = loop === undefined ? this.reason : "it contains itself";
    const where = path === "" ? "The value" : `The parameter ${path}`;
    return new ParameterError(`${where} can't be sent: ${reason}`, { path, type: this.type });
  }

  /** After how many steps a list or map is met again, if too deep nesting comes from that. */
  #loop(): number | undefined {
    if (this.#deepest === undefined) return undefined;
    const seen = new Set<object>();
    const outsideIn = [...this.#containers.toReversed(), this.#deepest];
    const again = outsideIn.findIndex((container) => seen.size === seen.add(container).size);
    return again === -1 ? undefined : again;
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
