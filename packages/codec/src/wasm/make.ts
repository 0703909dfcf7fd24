import type { ActiveStructure } from "../profile.ts";
import type { Source } from "../tables.ts";

type MakeValue = (...fields: unknown[]) => unknown;

/**
 * Makes the value of a structure of its fields in this version. Where the version lacks fields that the newest one has,
 * the generated reader derives them.
 */
export function makerOfFields(structure: ActiveStructure): MakeValue {
  const { table, size, make } = structure;
  if (size === table.fields.length) return make as MakeValue;
  return (...fields) => table.read(new GivenFields(fields), size, make);
}

/** Gives a generated reader fields that were read already. */
class GivenFields implements Source {
  readonly #fields: readonly unknown[];
  #next = 0;

  constructor(fields: readonly unknown[]) {
    this.#fields = fields;
  }

  #take(): never {
    return this.#fields[this.#next++] as never;
  }

  integer(): number | bigint {
    return this.#take();
  }
  float(): number {
    return this.#take();
  }
  boolean(): boolean {
    return this.#take();
  }
  string(): string {
    return this.#take();
  }
  bytes(): Uint8Array {
    return this.#take();
  }
  uuid(): unknown {
    return this.#take();
  }
  any(): unknown {
    return this.#take();
  }
  list<T>(): T[] {
    return this.#take();
  }
  strings(): readonly string[] {
    return this.#take();
  }
  map<T>(): Record<string, T> {
    return this.#take();
  }
  structure(): unknown {
    return this.#take();
  }
  table(): unknown {
    return this.#take();
  }
  nullable<T>(): T | null {
    return this.#take();
  }
}
