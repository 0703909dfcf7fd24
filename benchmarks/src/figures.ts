/**
 * `npm run bench:figures`: the figures that were asked for beside what results/ says. Measures nothing; `npm run bench` ends
 * with it. Writes results/figures.json.
 */
import { type Figure, figures } from "./figures/asked.ts";
import { lookUp, type Seen } from "./figures/seen.ts";
import { writeResult } from "./results.ts";

type Verdict = "aim met" | "met" | "not met" | "not measured";

function verdictOn({ asked, aim, source }: Figure, seen: Seen | undefined): Verdict {
  if (seen === undefined) return "not measured";
  const isCost = source.part === "size" || source.part === "memory" || ("of" in source && source.of === "later");
  const reaches = (limit: number) => (isCost ? seen.median <= limit : seen.median >= limit);
  if (!reaches(asked)) return "not met";
  // Where nothing better than the figure itself is named, there is no aim to meet.
  return aim !== asked && reaches(aim) ? "aim met" : "met";
}

function inWords(seen: Seen | undefined): string {
  if (seen === undefined) return "";
  const { q1, median, q3, workload } = seen;
  const number = (value: number) => value.toFixed(value < 10 ? 2 : 1);
  const quartiles = q1 === undefined || q3 === undefined ? "" : ` (${number(q1)} – ${number(q3)})`;
  return `${number(median)}${quartiles}${workload === undefined ? "" : `, ${workload}`}`;
}

const seenOf = lookUp();
const table = figures.map((figure) => {
  const seen = seenOf(figure);
  const { what, node, asked, aim } = figure;
  return { what, node, asked, ...(aim !== asked && { aim }), seen, verdict: verdictOn(figure, seen) };
});
const line = (what: string, node: string, asked: string, aim: string, verdict: string, seen: string) =>
  console.log(
    `${what.padEnd(68)} ${node.padStart(4)} ${asked.padStart(7)} ${aim.padStart(6)}  ${verdict.padEnd(12)} ${seen}`,
  );
console.log("\nThe figures that were asked for (a size, memory or a delay: at most, a ratio: at least)");
line("", "Node", "asked", "aim", "", "seen: median (quartiles)");
for (const { what, node, asked, aim, seen, verdict } of table)
  line(what, node, String(asked), String(aim ?? ""), verdict, inWords(seen));
const count = (wanted: Verdict) => table.filter(({ verdict }) => verdict === wanted).length;
console.log(
  `\n${count("aim met")} aims met, ${count("met")} more figures met, ${count("not met")} not met, ${count("not measured")} not measured`,
);
writeResult("figures.json", { figures: table });
console.log("Written: benchmarks/results/figures.json");
