/** Who has the connections of one address: what the message of a time-out needs. */
import { callerOf } from "@fulgur/neo4j-core";
import type { Poolable, Pooled, Shelf } from "./shelf.ts";

/** More are only counted. */
const mostNamed = 5;

/** `2 of 2 connections are in use: by load (file:///app/load.ts:12:7) for 61000 ms, by …` */
export function describeHolders<C extends Poolable>(shelf: Shelf<C>, max: number, now: number): string {
  const { busy, opening, idle, checking, returning } = shelf;
  const others = [
    [opening, "being opened"],
    [checking.size, "being tested"],
    [returning.size, "being reset"],
    [idle.length, "idle"],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `, ${count} ${what}`)
    .join("");
  const holders = [...busy].sort((a, b) => a.busySince - b.busySince);
  const named = holders.slice(0, mostNamed).map((pooled) => describeHolder(pooled, now));
  const more = holders.length > mostNamed ? [`${holders.length - mostNamed} more`] : [];
  const list = holders.length === 0 ? "" : ` (${[...named, ...more].join("; ")})`;
  return `Of ${Number.isFinite(max) ? `at most ${max}` : "any number of"} connections ${busy.size} are in use${list}${others}.`;
}

function describeHolder({ holder, busySince }: Pooled<unknown>, now: number): string {
  return `for ${Math.round(now - busySince)} ms by ${callerOf(holder) ?? "an unknown caller"}`;
}
