import { kind } from "@fulgur/neo4j-types";
import { canGenerateCode } from "../plain/object-factory.ts";
import type { WasmMemory } from "./memory.ts";

/** What a column of rows to send holds: nulls apart, in every row. */
export type ColumnKind = "number" | "float" | "bigint" | "boolean" | "string" | "structure";

/** A column of the rows. Its slots and tags lie in the memory; strings and structures are put aside first. */
export interface SendColumn {
  readonly key: string;
  readonly kind: ColumnKind;
  /** Indices of its first slot in 32-bit words, and of its first tag. */
  readonly slots: number;
  readonly tags: number;
  /** Its strings, or the values of its structures, in the rows' order; `""` or null for null. */
  readonly aside: unknown[];
  /** Whether null was seen: only then tags were written. */
  nulls: boolean;
}

/** Takes rows `from` to `to` apart into columns; false if a row is not like the first one. */
export type Extract = (
  memory: WasmMemory,
  rows: readonly unknown[],
  from: number,
  to: number,
  columns: readonly SendColumn[],
) => boolean;

const minBigInt = -(2n ** 63n);
const maxBigInt = 2n ** 63n - 1n;

/** @param generate whether to generate code; default: where the runtime allows it. */
export function extractor(
  keys: readonly string[],
  kinds: readonly ColumnKind[],
  generate: boolean = canGenerateCode(),
): Extract {
  return generate ? generated(keys, kinds) : byClosures(keys);
}

/** Whether an object is a map of exactly these keys in this order, and nothing else. */
export function hasKeys(row: unknown, keys: readonly string[]): row is Record<string, unknown> {
  if (!isMap(row)) return false;
  let at = 0;
  for (const key in row) if (key !== keys[at++]) return false;
  return at === keys.length;
}

/** Whether a value is an object that is sent as a map: no class, no brand. */
export function isMap(row: unknown): row is Record<string, unknown> {
  if (typeof row !== "object" || row === null) return false;
  const prototype: unknown = Object.getPrototypeOf(row);
  return (prototype === Object.prototype || prototype === null) && (row as { [kind]?: unknown })[kind] === undefined;
}

function byClosures(keys: readonly string[]): Extract {
  return (memory, rows, from, to, columns) => {
    for (let i = from; i < to; i++) {
      const row = rows[i];
      if (!hasKeys(row, keys)) return false;
      for (const column of columns) if (!put(memory, column, row[column.key], i - from, to - from)) return false;
    }
    return true;
  };
}

/** Puts one value in its column; false if it is of another kind. */
export function put(memory: WasmMemory, column: SendColumn, value: unknown, row: number, rows: number): boolean {
  if (value === null) {
    if (!column.nulls) {
      column.nulls = true;
      memory.u8.fill(0, column.tags, column.tags + rows);
    }
    memory.u8[column.tags + row] = 1;
    memory.u32[column.slots + row * 2 + 1] = 0;
    if (column.kind === "string") column.aside.push("");
    else if (column.kind === "structure") column.aside.push(null);
    return true;
  }
  const slot = column.slots + row * 2;
  switch (column.kind) {
    case "number":
      if (typeof value !== "number") return false;
      memory.f64[slot >> 1] = value;
      return true;
    case "string":
      if (typeof value !== "string") return false;
      memory.u32[slot + 1] = value.length;
      column.aside.push(value);
      return true;
    case "boolean":
      if (typeof value !== "boolean") return false;
      memory.u32[slot] = value ? 1 : 0;
      return true;
    case "bigint":
      if (typeof value !== "bigint" || value < minBigInt || value > maxBigInt) return false;
      memory.i64[slot >> 1] = value;
      return true;
    case "float": {
      if (typeof value !== "object") return false;
      const { [kind]: found, value: number } = value as { [kind]?: unknown; value?: unknown };
      if (found !== "Float" || typeof number !== "number") return false;
      memory.f64[slot >> 1] = number;
      return true;
    }
    default:
      if (typeof value !== "object") return false;
      column.aside.push(value);
      return true;
  }
}

/** One loop over the rows with a statement a column: V8 then knows where each property lies. */
function generated(keys: readonly string[], kinds: readonly ColumnKind[]): Extract {
  const declarations = keys.map((_, c) => `c${c}=C[${c}],s${c}=c${c}.slots,a${c}=c${c}.aside`);
  const other = (c: number): string => `if(!P(M,c${c},v,i-n,m-n))return false`;
  const statements = keys.map((key, c) => {
    const read = `v=r[${JSON.stringify(key)}];`;
    switch (kinds[c]) {
      case "number":
        return `${read}if(typeof v==="number")F[(s${c}>>1)+i-n]=v;else ${other(c)};`;
      case "string":
        return `${read}if(typeof v==="string"){U[s${c}+1+(i-n)*2]=v.length;a${c}.push(v)}else ${other(c)};`;
      case "boolean":
        return `${read}if(typeof v==="boolean")U[s${c}+(i-n)*2]=v?1:0;else ${other(c)};`;
      default:
        return `${read}${other(c)};`;
    }
  });
  const code = `return function(M,rows,n,m,C){
const F=M.f64,U=M.u32${declarations.map((one) => `,${one}`).join("")};
for(let i=n;i<m;i++){
const r=rows[i];
if(!isMap(r))return false;
let k=0;for(const p in r)if(p!==K[k++])return false;
if(k!==${keys.length})return false;
let v;
${statements.join("\n")}
}
return true}`;
  return new Function("P", "K", "isMap", code)(put, keys, isMap) as Extract;
}
