import type { ActiveStructure } from "../profile.ts";

/** Where a value's parts lie: a tree that follows the shape, with a column at each leaf. Materialising walks it. */
export type Cell = LeafCell | FlatCell | ChoiceCell;

export interface LeafCell {
  readonly kind: "leaf";
  /** The operation that predicts it: see operations.ts. */
  readonly predicts: number;
  readonly column: number;
  /**
   * A structure's field: integers are never shown otherwise than as the wire has them, the structure's maker does that; lists of
   * strings are frozen, since equal ones are the same.
   */
  readonly field: "integer" | "strings" | undefined;
}

/** A flat structure: its own column says only whether it is there, its fields follow. */
export interface FlatCell {
  readonly kind: "flat";
  readonly column: number;
  readonly structure: ActiveStructure;
  readonly fields: readonly LeafCell[];
}

/** One of several shapes; the column says which. */
export interface ChoiceCell {
  readonly kind: "choice";
  readonly column: number;
  readonly alternatives: readonly (MapCells | StructureCells)[];
}

export interface MapCells {
  readonly kind: "map";
  readonly keys: readonly string[];
  readonly values: readonly Cell[];
}

export interface StructureCells {
  readonly kind: "structure";
  readonly structure: ActiveStructure;
  readonly fields: readonly Cell[];
}
