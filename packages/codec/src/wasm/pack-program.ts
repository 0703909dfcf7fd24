import type { Areas, WasmMemory } from "./memory.ts";
import { BOOLEAN, FLOAT64, INT64, operationSize, STRING, STRUCTURE, WIDE_INTEGER } from "./operations.ts";
import type { SendColumn } from "./send-cells.ts";
import type { ColumnKind, SendField } from "./send-shape.ts";
import type { FlatStructure } from "./send-structure.ts";

const operationOf: Readonly<Record<ColumnKind, number>> = {
  number: WIDE_INTEGER,
  float: FLOAT64,
  bigint: INT64,
  boolean: BOOLEAN,
  string: STRING,
  structure: STRUCTURE,
  // All its cells have tags.
  encoded: BOOLEAN,
};

/** Rows a call: their columns and what is made of them stay in the processor's cache. */
const usualCapacity = 2243;

/** Where the columns of rows to send lie, and the program that packs them (assembly/pack-operations.ts). */
export interface PackLayout {
  /** How many rows a call may have. */
  readonly capacity: number;
  /** The columns, empty, and the one for whole rows. */
  columns(): { readonly columns: SendColumn[]; readonly rows: SendColumn };
  /** Writes the program for columns that are filled. */
  write(memory: WasmMemory, columns: readonly SendColumn[]): void;
  /** Says where a column's text lies in the text area. */
  setText(memory: WasmMemory, column: number, from: number, to: number, isAscii: boolean): void;
}

/** `undefined`: the rows are too wide. */
export function packLayout(areas: Areas, fields: readonly SendField[]): PackLayout | undefined {
  const count = fields.length;
  const literalBytes = fields.reduce((sum, { literal }) => sum + literal.length, 0);
  if (literalBytes + 64 > areas.literalsBytes || count * operationSize > areas.programBytes) return undefined;
  // A value takes 9 bytes at most; the bytes of strings and of encoded values have the text's size on top.
  const rowBytes = 8 + literalBytes + count * 9;
  const room = areas.outputBytes - areas.textBytes - 4096;
  const capacity = Math.min(usualCapacity, Math.floor(areas.maxCells / (count + 1)), Math.floor(room / rowBytes));
  if (capacity < 1) return undefined;
  const column = (number: number, kind: ColumnKind, level: number, structure?: FlatStructure): SendColumn => ({
    kind,
    level,
    number,
    structure,
    slots: (areas.slots + number * capacity * 8) / 4,
    tags: areas.tags + number * capacity,
    text: "",
    tagged: false,
  });
  return {
    capacity,
    columns: () => ({
      columns: fields.map(({ kind, level, structure }, i) => column(i, kind, level, structure)),
      rows: column(count, "boolean", 0),
    }),
    write({ u8, view }, columns) {
      let at = areas.literals;
      for (const [i, { literal, structure }] of fields.entries()) {
        const { kind, slots, tags, tagged } = columns[i] as SendColumn;
        const operation = areas.program + i * operationSize;
        u8.fill(0, operation, operation + operationSize);
        u8[operation] = operationOf[kind];
        if (structure !== undefined) {
          u8[operation + 2] = structure.number;
          u8[operation + 3] = structure.kinds.length;
        }
        view.setUint32(operation + 4, slots * 4, true);
        view.setUint32(operation + 8, tagged ? tags : 0, true);
        view.setUint16(operation + 26, literal.length, true);
        view.setUint32(operation + 28, at, true);
        u8.set(literal, at);
        at += literal.length;
      }
    },
    setText({ u8, view }, column, from, to, isAscii) {
      const operation = areas.program + column * operationSize;
      u8[operation + 1] = isAscii ? 1 : 0;
      view.setUint32(operation + 12, from, true);
      view.setUint32(operation + 16, to, true);
    },
  };
}
