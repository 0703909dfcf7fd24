import { canGenerateCode } from "../plain/object-factory.ts";
import { withoutNulls } from "../values.ts";
import { type Cells, otherOf } from "./cells.ts";
import type { Cell, FlatCell, LeafCell, MapCells, StructureCells } from "./layout.ts";
import { makerOfFields } from "./make.ts";
import type { Areas } from "./memory.ts";
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
import { closureOfRows } from "./row-closures.ts";

/**
 * Puts rows `from` to `to` in their places in a list: arrays in column order, or objects. Where one throws, its place and
 * those behind it stay as they are.
 */
export type AddRows = (cells: Cells, from: number, to: number, out: unknown[]) => void;

/** What the rows become: arrays (`undefined`), or objects of these keys, which are all different. */
export type Keys = readonly string[] | undefined;

/** Beyond this many cells the generated code would be too long to be compiled well. */
const maxGeneratedCells = 1500;

/**
 * The function that makes rows of a program's columns.
 *
 * @param dirty by column, whether some cell of it is not of the predicted kind.
 * @param generate whether to generate code; default: where the runtime allows it.
 */
export function materialiser(
  program: Program,
  areas: Areas,
  dirty: Uint8Array,
  keys: Keys,
  generate: boolean = canGenerateCode(),
): AddRows {
  const usual = keys === undefined || !keys.includes("__proto__");
  if (generate && usual && program.columnCount <= maxGeneratedCells) {
    return new CodeOfRows(program, areas, dirty).function(keys);
  }
  return closureOfRows(program, areas, dirty, keys);
}

// One expression a row, the addresses in it as constants.

class CodeOfRows {
  readonly #program: Program;
  readonly #areas: Areas;
  readonly #dirty: Uint8Array;
  readonly #makers: unknown[] = [];
  #usesText = false;

  constructor(program: Program, areas: Areas, dirty: Uint8Array) {
    this.#program = program;
    this.#areas = areas;
    this.#dirty = dirty;
  }

  function(keys: Keys): AddRows {
    const values = this.#program.columns.map((cell) => this.#cell(cell));
    const row =
      keys === undefined
        ? `[${values.join(",")}]`
        : `{${values.map((value, i) => `${JSON.stringify(keys[i])}:${value}`).join(",")}}`;
    const makers = this.#makers.map((_, i) => `m${i}=M[${i}]`).join(",");
    const code = `${makers === "" ? "" : `const ${makers};`}return function(X,i,n,out){
const {i32:I,f64:F,i64:B,u8:T,spans:P,lists:L}=X.memory${this.#usesText ? ",S=X.texts" : ""};
for(;i<n;i++){const j=i*2;out[i]=${row}}}`;
    return new Function("M", code)(this.#makers) as AddRows;
  }

  /** The index of a column's first slot, in words of so many bytes. */
  #slots(column: number, bytes: 4 | 8): number {
    return (this.#areas.slots + column * this.#program.capacity * 8) / bytes;
  }

  #tag(column: number): string {
    return `T[${this.#areas.tags + column * this.#program.capacity}+i]`;
  }

  #cell(cell: Cell): string {
    const clean = this.#clean(cell);
    if (this.#dirty[cell.column] === 0) return clean;
    const tag = this.#tag(cell.column);
    const other = otherOf[(cell.kind === "leaf" && cell.field) || "any"];
    return `(${tag}===0?${clean}:X.${other}(${tag},${this.#slots(cell.column, 4)}+j,i))`;
  }

  #clean(cell: Cell): string {
    if (cell.kind === "flat") return this.#make(cell);
    if (cell.kind === "leaf") return this.#leaf(cell);
    const [first, ...more] = cell.alternatives;
    let code = this.#make(first as MapCells | StructureCells);
    // The last alternative needs no test: the pass writes no other number.
    more.forEach((one, i) => {
      code = `I[${this.#slots(cell.column, 4)}+j]===${i + 1}?${this.#make(one)}:${code}`;
    });
    return `(${code})`;
  }

  #make(cells: FlatCell | MapCells | StructureCells): string {
    if (cells.kind === "map") {
      return `{${cells.values.map((value, i) => `${JSON.stringify(cells.keys[i])}:${this.#cell(value)}`).join(",")}}`;
    }
    const fields = cells.fields.map((field, i) => {
      const value = this.#cell(field);
      return mayHoldNulls(cells, i, this.#dirty) ? `m${this.#makers.push(withoutNulls) - 1}(${value})` : value;
    });
    const index = this.#makers.push(makerOfFields(cells.structure)) - 1;
    return `m${index}(${fields.join(",")})`;
  }

  #leaf({ column, predicts, field }: LeafCell): string {
    const words = `${this.#slots(column, 4)}+j`;
    const pair = `I[${words}],I[${words}+1]`;
    const double = `[${this.#slots(column, 8)}+i]`;
    switch (predicts) {
      case WIDE_INTEGER:
      case FLOAT64:
        return `F${double}`;
      case INT64:
        return `B${double}`;
      case STRING:
        this.#usesText = true;
        return `S[I[${words}]]`;
      case BOOLEAN:
        return `I[${words}]===1`;
      case ANY:
        return `X.encoded(${pair},i)`;
      case SPAN_STRING:
        return `P[I[${words}]]`;
      case SPAN_STRINGS:
        return field === "strings" ? `L[I[${words}]]` : `L[I[${words}]].slice()`;
      case STRINGS:
        this.#usesText = true;
        return `X.strings(S,${pair})`;
      case FLOATS:
        return `X.floats(${pair})`;
      default:
        return `I[${words}]`;
    }
  }
}
