import { FALSE, FLOAT64, INLINE_INTEGER, INT8, INT16, INT32, INT64, NULL, TRUE } from "../marker-class.ts";
import type { Profile } from "../profile.ts";
import { canGenerateCode, objectOf } from "./object-factory.ts";

/**
 * Reads records of numbers, booleans and nulls that lie one after the other, in one chunk each, from `at` on; adds them
 * to `out` and gives where the first one begins that it didn't read: one that is not whole, malformed, in several
 * chunks, or holds anything else. The bytes have to go on for a record's largest size behind `end`, or the last ones are left.
 */
export type ReadNumberRows = (bytes: Uint8Array, view: DataView, at: number, end: number, out: unknown[]) => number;

/** What such a column mostly holds. Any other number, boolean or null is read as well, only slower. */
export type NumberKind = "integer" | "float" | "boolean";

/** What the records of a result have in common. */
export interface NumberRecords {
  /** The message's head, its signature and the head of the list of values. */
  readonly literal: Uint8Array;
  readonly kinds: readonly NumberKind[];
}

/** No value of a record is larger: a marker and eight bytes. */
const largestValue = 9;
/** Beyond this many columns the generated code would be too long to be compiled well. */
const maxGeneratedColumns = 128;

/**
 * The reader of a result's records.
 *
 * @param keys what the rows become: arrays (`undefined`), or objects of these keys, which are all different.
 * @param generate whether to generate code; default: where the runtime allows it.
 */
export function numberRowReader(
  records: NumberRecords,
  profile: Profile,
  keys: readonly string[] | undefined,
  generate: boolean = canGenerateCode(),
): ReadNumberRows {
  const usual = keys === undefined || !keys.includes("__proto__");
  if (generate && usual && records.kinds.length <= maxGeneratedColumns && hasByteIntegers(profile)) {
    return generated(records, profile, keys);
  }
  return byLoop(records, profile, keys);
}

/** Whether each byte up to 127 is its own value. */
function hasByteIntegers({ markerClass }: Profile): boolean {
  return markerClass.subarray(0, 128).every((byteClass) => byteClass === INLINE_INTEGER);
}

/** Reads one number, boolean or null of any form. */
class Scalars {
  /** Where the next value begins. */
  at = 0;
  /** Something else was met. */
  failed = false;
  readonly #classes: Uint8Array;

  constructor(profile: Profile) {
    this.#classes = profile.markerClass;
  }

  /** Reads the value at `at`. */
  next(bytes: Uint8Array, view: DataView, at: number): number | boolean | null {
    switch (this.#classes[bytes[at] as number]) {
      case NULL:
        this.at = at + 1;
        return null;
      case FALSE:
        this.at = at + 1;
        return false;
      case TRUE:
        this.at = at + 1;
        return true;
      case INLINE_INTEGER:
        this.at = at + 1;
        return view.getInt8(at);
      case INT8:
        this.at = at + 2;
        return view.getInt8(at + 1);
      case INT16:
        this.at = at + 3;
        return view.getInt16(at + 1);
      case INT32:
        this.at = at + 5;
        return view.getInt32(at + 1);
      case FLOAT64:
        this.at = at + 9;
        return view.getFloat64(at + 1);
      case INT64: {
        const value = view.getInt32(at + 1) * 0x1_0000_0000 + view.getUint32(at + 5);
        if (!Number.isSafeInteger(value)) this.failed = true;
        this.at = at + 9;
        return value;
      }
      default:
        this.failed = true;
        this.at = at + 1;
        return null;
    }
  }
}

function byLoop(
  { literal, kinds }: NumberRecords,
  profile: Profile,
  keys: readonly string[] | undefined,
): ReadNumberRows {
  const width = kinds.length;
  const head = literal.length;
  const largest = head + width * largestValue;
  const scalars = new Scalars(profile);
  return (bytes, view, from, end, out) => {
    const last = Math.min(end - 4, bytes.length - largest - 4);
    let at = from;
    while (at <= last) {
      const start = at + 2;
      const size = view.getUint16(at);
      const next = start + size;
      if (size < head || size > largest || next + 2 > end || view.getUint16(next) !== 0) break;
      if (literal.some((byte, i) => bytes[start + i] !== byte)) break;
      const row: unknown[] = new Array(width);
      scalars.failed = false;
      scalars.at = start + head;
      // No value is passed over unread, so that the end of the record is the only bound to check.
      for (let i = 0; i < width; i++) row[i] = scalars.next(bytes, view, scalars.at);
      if (scalars.at !== next || scalars.failed) break;
      out.push(keys === undefined ? row : objectOf(keys, row, 0));
      at = next + 2;
    }
    return at;
  };
}

/** One loop with a statement a column: every value goes from the bytes into its place in the row. */
function generated(
  { literal, kinds }: NumberRecords,
  profile: Profile,
  keys: readonly string[] | undefined,
): ReadNumberRows {
  const head = literal.length;
  const largest = head + kinds.length * largestValue;
  const marker = (markerClass: number): number => profile.markerClass.indexOf(markerClass);
  const other = (c: number): string => `{v${c}=o.next(b,d,p);p=o.at}`;
  const columns = kinds.map((kind, c) => {
    switch (kind) {
      case "integer":
        return (
          `t=b[p];if(t<128){v${c}=t;p++}` +
          `else if(t===${marker(INT16)}){v${c}=(b[p+1]<<24>>16)|b[p+2];p+=3}else ${other(c)}`
        );
      case "float":
        return `if(b[p]===${marker(FLOAT64)}){v${c}=d.getFloat64(p+1);p+=9}else ${other(c)}`;
      default:
        return `t=b[p];if(t===${marker(TRUE)}){v${c}=true;p++}else if(t===${marker(FALSE)}){v${c}=false;p++}else ${other(c)}`;
    }
  });
  const names = kinds.map((_, c) => `v${c}`);
  const row =
    keys === undefined
      ? `[${names.join(",")}]`
      : `{${names.map((name, c) => `${JSON.stringify(keys[c])}:${name}`).join(",")}}`;
  const isHead = [...literal].map((byte, i) => `b[s+${i}]===${byte}`).join("&&");
  const code = `return function(b,d,q,end,out){
const last=Math.min(end-4,b.length-${largest + 4});
let t=0;
while(q<=last){
const s=q+2,z=(b[q]<<8)|b[q+1],e=s+z;
if(z<${head}||z>${largest}||e+2>end||(b[e]|b[e+1])!==0||!(${isHead}))break;
let p=s+${head}${names.map((name) => `,${name}`).join("")};
o.failed=false;
${columns.join("\n")}
if(p!==e||o.failed)break;
out.push(${row});
q=e+2}
return q}`;
  return new Function("o", code)(new Scalars(profile)) as ReadNumberRows;
}
