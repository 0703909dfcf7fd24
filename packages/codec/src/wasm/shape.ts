import type { ActiveStructure } from "../profile.ts";

/** Beyond this many shapes at one place, further ones are left to the plain reader. */
export const maxAlternatives = 16;
/** Of so many strings a column remembers whether they repeat. */
const maxDistinct = 64;

/** What has been seen at one place of a result's records: a column, a property, a field of a structure. */
export class Shape {
  nulls = 0;
  booleans = 0;
  /** Integers of 32 bits, safe ones beyond, and others. */
  integers = 0;
  wideIntegers = 0;
  bigIntegers = 0;
  floats = 0;
  strings = 0;
  /** Lists of floats, of strings, and whatever else stays encoded. */
  floatLists = 0;
  stringLists = 0;
  others = 0;
  /** How many of the strings, or lists of strings, were new: see {@link repeats}. */
  fresh = 0;
  longest = 0;
  readonly alternatives: (MapShape | StructureShape)[] = [];
  readonly #distinct = new Set<number>();

  /** Notes an encoded string or list of strings by a hash of its bytes. */
  note(hash: number, length: number): void {
    this.longest = Math.max(this.longest, length);
    if (this.#distinct.has(hash)) return;
    this.fresh++;
    if (this.#distinct.size < maxDistinct) this.#distinct.add(hash);
  }

  /** How many values have been seen. */
  get seen(): number {
    const numbers = this.integers + this.wideIntegers + this.bigIntegers + this.floats;
    const others = this.nulls + this.booleans + this.strings + this.floatLists + this.stringLists + this.others;
    return numbers + others + this.alternatives.reduce((sum, { count }) => sum + count, 0);
  }

  /** Whether its strings, or lists of strings, repeat so much that a dictionary pays. */
  get repeats(): boolean {
    const noted = this.strings + this.stringLists;
    return noted >= 16 && this.fresh * 10 < noted * 3 && this.longest <= 32;
  }
}

/** Maps of one sequence of keys. The encoded heads are what stands before each value on the wire. */
export interface MapShape {
  readonly kind: "map";
  readonly keys: readonly string[];
  /** The map's own head and the first key, then each other key; for an empty map the head alone. */
  readonly literals: readonly Uint8Array[];
  readonly values: readonly Shape[];
  count: number;
}

/** Structures of one kind. */
export interface StructureShape {
  readonly kind: "structure";
  readonly structure: ActiveStructure;
  /** The head and the tag. */
  readonly literal: Uint8Array;
  readonly fields: readonly Shape[];
  count: number;
}

/** The records of a result. */
export interface RecordShape {
  /** The message's head, its signature and the head of the list of values. */
  readonly literal: Uint8Array;
  readonly columns: readonly Shape[];
}
