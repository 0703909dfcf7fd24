import type { Cell, FlatCell, StructureCells } from "./layout.ts";
import { ANY } from "./operations.ts";

/** Whether a field holds the properties of a node or relationship, and some of them may be null: those are left out. */
export function mayHoldNulls(
  { structure, fields }: FlatCell | StructureCells,
  index: number,
  dirty: Uint8Array,
): boolean {
  if (!structure.isEntity || structure.table.fields[index]?.type.kind !== "map") return false;
  const cell = fields[index] as Cell;
  if (cell.kind !== "choice" || dirty[cell.column] !== 0) return true;
  return cell.alternatives.some(
    (one) => one.kind !== "map" || one.values.some((value) => dirty[value.column] !== 0 || isEncoded(value)),
  );
}

function isEncoded(cell: Cell): boolean {
  return cell.kind === "leaf" && cell.predicts === ANY;
}
