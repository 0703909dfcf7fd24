import { columns, createCodec } from "@fulgur/neo4j-codec";
import { Packr } from "msgpackr";
import { encodeWithNpmDriver, npmInt } from "./npm.mjs";
import { ingestRows } from "./workloads.mjs";

const mk = (int, dec) => {
  const r = ingestRows(50000, int, dec);
  return Array.from({ length: 10 }, (_, i) => r.slice(i * 5000, (i + 1) * 5000));
};
const plain = mk(
    (v) => v,
    (v) => v,
  ),
  npm = mk(npmInt, (v) => v);
const tables = plain.map((b) =>
  columns({
    id: Int32Array.from(b, (r) => r.id),
    age: Int32Array.from(b, (r) => r.age),
    name: b.map((r) => r.name),
    email: b.map((r) => r.email),
    score: Float64Array.from(b, (r) => r.score),
  }),
);
const w = createCodec({ version: "6.1" }),
  p = createCodec({ version: "6.1", engine: "plain" });
const packr = new Packr({ useRecords: false });
const rec = new Packr({ useRecords: true });
const q = "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row";
const enc = (c, l) => {
  for (const rows of l) c.encodeMessage({ type: "RUN", query: q, parameters: { rows }, extra: {} });
};
const C = {
  npm: () => encodeWithNpmDriver(q, npm),
  rows: () => enc(w, plain),
  columns: () => enc(w, tables),
  plain: () => enc(p, plain),
  msgpackrMaps: () => {
    for (const rows of plain) packr.pack({ query: q, rows });
  },
  msgpackrRecords: () => {
    for (const rows of plain) rec.pack({ query: q, rows });
  },
};
const names = Object.keys(C);
const T = {};
for (let r = 0; r < 16; r++) {
  for (const n of r % 2 ? names : [...names].reverse()) {
    globalThis.gc?.();
    const t = performance.now();
    C[n]();
    const d = performance.now() - t;
    if (r) (T[n] ??= []).push(d);
  }
}
const med = (a) => [...a].sort((x, y) => x - y)[a.length >> 1];
console.log(process.version);
for (const n of names) {
  const ratio = T.npm.map((v, i) => v / T[n][i]);
  const mp = T.msgpackrMaps.map((v, i) => v / T[n][i]);
  console.log(
    n.padEnd(16),
    "min",
    Math.min(...T[n]).toFixed(2),
    "med",
    med(T[n]).toFixed(2),
    "npm/",
    med(ratio).toFixed(1),
    "msgpackrMaps/",
    med(mp).toFixed(2),
  );
}
