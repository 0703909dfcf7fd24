/** The official drivers' figures by module, each with its own backend, and which modules these and ours are compared on. */
import { readFileSync } from "node:fs";

/** Cases of a module: passed, failed, skipped. */
export type Counts = readonly [passed: number, failed: number, skipped: number];

export const anchors = ["JS 5.27.0", "JS 5.28.3", "Py 5.28.4"] as const;

type Anchor = (typeof anchors)[number];
type Figures = { readonly tests: number } & { readonly [anchor in Anchor]: string };

const figures: { readonly [module: string]: Figures } = JSON.parse(
  readFileSync(new URL("../anchors.json", import.meta.url), "utf8"),
);

/** What an anchor makes of a module; `undefined` where the module isn't known. */
export function anchorCounts(module: string, anchor: Anchor): Counts | undefined {
  const text = figures[module]?.[anchor];
  return text === undefined ? undefined : (text.split(" / ").map(Number) as unknown as Counts);
}

/** Modules of old versions of Bolt alone, by their names. */
const ofOldBolt = /_v3$|_v4x[13]$|\.test_server_side_routing$/;

/** Whether the drivers are compared on a module: scripted or TLS servers, and no old Bolt in its name. */
export function isCompared(module: string): boolean {
  return !module.startsWith("neo4j.") && !ofOldBolt.test(module);
}
