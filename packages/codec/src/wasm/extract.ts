import { kind } from "@fulgur/neo4j-types";
import { canGenerateCode } from "../plain/object-factory.ts";
import type { SendCells, SendColumn } from "./send-cells.ts";
import { type ColumnKind, hasKeys, type SendField, type SendMap, type SendShape } from "./send-shape.ts";

/** Takes rows `from` to `to` apart into columns. @throws Unsendable, or what a getter throws. */
export type Extract = (cells: SendCells, rows: readonly unknown[], from: number, to: number) => void;

/** @param generate whether to generate code; default: where the runtime allows it. */
export function extractor(shape: SendShape, generate: boolean = canGenerateCode()): Extract {
  return generate ? generated(shape) : byClosures(shape);
}

function byClosures({ map, fields }: SendShape): Extract {
  return (cells, rows, from, to) => {
    const values = new Array<unknown>(fields.length);
    for (let i = from; i < to; i++) {
      const row = rows[i];
      if (!takeApart(row, map, values)) {
        cells.row(row, i - from);
        continue;
      }
      for (let c = 0; c < values.length; c++) {
        if (!fields[c]!.isPart) cells.put(cells.columns[c] as SendColumn, values[c], i - from);
      }
    }
  };
}

/** The values of a map and of those in it; false if a key isn't as expected, or has no value. */
function takeApart(value: unknown, map: SendMap, into: unknown[]): boolean {
  if (!hasKeys(value, map.keys)) return false;
  for (let i = 0; i < map.keys.length; i++) {
    const entry = value[map.keys[i] as string];
    const place = map.values[i] as number | SendMap;
    if (typeof place !== "number") {
      if (!takeApart(entry, place, into)) return false;
    } else {
      if (entry === undefined) return false;
      into[place] = entry;
    }
  }
  return true;
}

/** One loop over the rows with a statement a column: V8 then knows where each property lies. */
function generated({ map, fields }: SendShape): Extract {
  const keyLists: string[][] = [];
  const reads: string[] = [];
  let maps = 0;
  const read = (of: SendMap): void => {
    const name = `r${maps++}`;
    const keys = keyLists.push([...of.keys]) - 1;
    // The same test as hasKeys, here where V8 sees only maps of one kind.
    reads.push(`if(typeof ${name}!=="object"||${name}===null){X.row(r0,j);continue}
q=G(${name});if(q!==O&&q!==null||${name}[kind]!==undefined){X.row(r0,j);continue}
k=0;for(const p in ${name})if(p!==K${keys}[k++]){k=-1;break}
if(k!==${of.keys.length}){X.row(r0,j);continue}`);
    for (const [i, key] of of.keys.entries()) {
      const place = of.values[i] as number | SendMap;
      const value = `${name}[${JSON.stringify(key)}]`;
      if (typeof place === "number") {
        reads.push(`const v${place}=${value};if(v${place}===undefined){X.row(r0,j);continue}`);
      } else {
        reads.push(`const r${maps}=${value};`);
        read(place);
      }
    }
  };
  read(map);
  const declared = fields.map(
    (field, c) => `c${c}=C[${c}],s${c}=c${c}.slots${hasOwnText(field) ? `;let t${c}="";const z${c}=0` : ""}`,
  );
  const texts = fields.map((field, c) => (hasOwnText(field) ? `c${c}.text=t${c};` : ""));
  const code = `return function(X,rows,n,m){
const M=X.memory,F=M.f64,U=M.u32,B=M.i64,C=X.columns;
${declared.join("\n")}
let q,k;
for(let i=n;i<m;i++){
const j=i-n,r0=rows[i];
${reads.join("\n")}
${fields.map((field, c) => (field.isPart ? "" : putCode(field.kind, c))).join("\n")}
}
${texts.join("")}}`;
  const names = ["kind", "G", "O", ...keyLists.map((_, i) => `K${i}`)];
  return new Function(...names, code)(kind, Object.getPrototypeOf, Object.prototype, ...keyLists) as Extract;
}

/** Whether the loop gathers the column's text; a structure's fields are put by its own column. */
function hasOwnText({ kind: of, isPart }: SendField): boolean {
  return of === "string" && isPart !== true;
}

function putCode(of: ColumnKind, c: number): string {
  const otherwise = `else X.other(c${c},v${c},j);`;
  switch (of) {
    case "number":
      return `if(typeof v${c}==="number")F[(s${c}>>1)+j]=v${c};${otherwise}`;
    case "string":
      return `if(typeof v${c}==="string"){U[s${c}+1+j*2]=v${c}.length;t${c}+=v${c}}${otherwise}`;
    case "boolean":
      return `if(typeof v${c}==="boolean")U[s${c}+j*2]=v${c}?1:0;${otherwise}`;
    case "encoded":
      return `X.other(c${c},v${c},j);`;
    default:
      return `X.put(c${c},v${c},j);`;
  }
}
