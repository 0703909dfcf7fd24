import { objectOf } from "../plain/object-factory.ts";
import { withoutNulls } from "../values.ts";
import { type Cells, otherOf } from "./cells.ts";
import type { Cell, ChoiceCell, FlatCell, LeafCell, MapCells, StructureCells } from "./layout.ts";
import { makerOfFields } from "./make.ts";
import type { AddRows, Keys } from "./materialise.ts";
import type { Areas, WasmMemory } from "./memory.ts";
import { mayHoldNulls } from "./null-properties.ts";
import {
  ANY,
  BOOLEAN,
  FLOAT64,
  FLOATS,
  INT64,
  SPAN_STRING,
  SPAN_STRINGS,
  STRING,
  STRINGS,
  WIDE_INTEGER,
} from "./operations.ts";
import type { Program } from "./program.ts";

type ReadCell = (cells: Cells, row: number) => unknown;

/** Makes rows without generated code: by closures, one a cell. */
export function closureOfRows(program: Program, areas: Areas, dirty: Uint8Array, keys: Keys): AddRows {
  const place: Place = { capacity: program.capacity, areas, dirty };
  const columns = program.columns.map((cell) => closureOf(cell, place));
  return (cells, from, to, out) => {
    for (let row = from; row < to; row++) {
      const values = columns.map((read) => read(cells, row));
      out[row] = keys === undefined ? values : objectOf(keys, values, 0);
    }
  };
}

interface Place {
  readonly capacity: number;
  readonly areas: Areas;
  readonly dirty: Uint8Array;
}

function closureOf(cell: Cell, place: Place): ReadCell {
  const { areas, capacity } = place;
  const slots = (areas.slots + cell.column * capacity * 8) / 4;
  const clean =
    cell.kind === "leaf"
      ? leafClosure(cell, slots)
      : cell.kind === "flat"
        ? makeClosure(cell, place)
        : choiceClosure(cell, slots, place);
  if (place.dirty[cell.column] === 0) return clean;
  const tags = areas.tags + cell.column * capacity;
  const other = otherOf[(cell.kind === "leaf" && cell.field) || "any"];
  return (cells, row) => {
    const tag = cells.memory.u8[tags + row];
    return tag === 0 ? clean(cells, row) : cells[other](tag as number, slots + row * 2, row);
  };
}

function choiceClosure(cell: ChoiceCell, slots: number, place: Place): ReadCell {
  const alternatives = cell.alternatives.map((one) => makeClosure(one, place));
  // Where there is one alternative, the pass doesn't say which it is.
  if (alternatives.length === 1) return alternatives[0] as ReadCell;
  return (cells, row) => {
    const choice = cells.memory.i32[slots + row * 2];
    return (alternatives[choice] as ReadCell)(cells, row);
  };
}

function makeClosure(made: FlatCell | MapCells | StructureCells, place: Place): ReadCell {
  if (made.kind === "map") {
    const { keys } = made;
    const values = made.values.map((value) => closureOf(value, place));
    return (cells, row) => {
      const object: Record<string, unknown> = {};
      for (let i = 0; i < keys.length; i++) object[keys[i] as string] = (values[i] as ReadCell)(cells, row);
      return object;
    };
  }
  const make = makerOfFields(made.structure);
  const fields = made.fields.map((field, i): ReadCell => {
    const read = closureOf(field, place);
    if (!mayHoldNulls(made, i, place.dirty)) return read;
    return (cells, row) => withoutNulls(read(cells, row) as object);
  });
  return (cells, row) => make(...fields.map((read) => read(cells, row)));
}

function leafClosure({ predicts, field }: LeafCell, slots: number): ReadCell {
  const at = (memory: WasmMemory, row: number): number => memory.i32[slots + row * 2] as number;
  const next = (memory: WasmMemory, row: number): number => memory.i32[slots + row * 2 + 1] as number;
  switch (predicts) {
    case WIDE_INTEGER:
    case FLOAT64:
      return ({ memory }, row) => memory.f64[slots / 2 + row];
    case INT64:
      return ({ memory }, row) => memory.i64[slots / 2 + row];
    case STRING:
      return (cells, row) => cells.texts[at(cells.memory, row)];
    case BOOLEAN:
      return ({ memory }, row) => at(memory, row) === 1;
    case ANY:
      return (cells, row) => cells.encoded(at(cells.memory, row), next(cells.memory, row), row);
    case SPAN_STRING:
      return ({ memory }, row) => memory.spans[at(memory, row)];
    case SPAN_STRINGS:
      if (field === "strings") return ({ memory }, row) => memory.lists[at(memory, row)];
      return ({ memory }, row) => (memory.lists[at(memory, row)] as readonly string[]).slice();
    case STRINGS:
      return (cells, row) => cells.strings(cells.texts, at(cells.memory, row), next(cells.memory, row));
    case FLOATS:
      return (cells, row) => cells.floats(at(cells.memory, row), next(cells.memory, row));
    default:
      return ({ memory }, row) => at(memory, row);
  }
}
