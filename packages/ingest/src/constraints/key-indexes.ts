/** Looks whether keys have a constraint or an index, and makes a constraint on request. */
import type { Driver } from "@fulgur/neo4j-driver";
import { quoted } from "../mapping/names.ts";
import { IngestWarning } from "../warning.ts";
import type { KeyedLabel } from "./keyed-label.ts";

export interface KeyIndexesOptions {
  readonly mode: "check" | "create" | "ignore";
  readonly database: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly warn: (warning: IngestWarning) => void;
}

interface Found {
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
}

/** How long a new constraint's index may take to be filled, in seconds. */
const longestFilling = 24 * 60 * 60;

/**
 * @returns whether all keys are known to be unique
 * @throws the server's error when a constraint can't be made
 */
export async function seeToKeys(
  driver: Driver,
  keys: readonly KeyedLabel[],
  { mode, database, signal, warn }: KeyIndexesOptions,
): Promise<boolean> {
  if (mode === "ignore" || keys.length === 0) return false;
  const config = { database, signal };
  const distinct = [
    ...new Map(keys.map((key) => [JSON.stringify([key.label, [...key.properties].sort()]), key])).values(),
  ];
  let found: Found[];
  try {
    found = await look(driver, distinct, config);
  } catch (error) {
    signal?.throwIfAborted();
    if (mode === "create") throw error;
    warn(
      new IngestWarning(
        `Whether there are constraints for the keys isn't known: ${(error as Error).message}`,
        "INGEST_UNCHECKED",
      ),
    );
    return false;
  }
  const bare = distinct.filter((_, i) => !found[i]!.isIndexed);
  if (mode === "create") {
    for (const key of bare) await driver.executeQuery(constraintFor(key), {}, config);
    if (bare.length > 0) await driver.executeQuery(`CALL db.awaitIndexes(${longestFilling})`, {}, config);
    return found.every(({ isUnique, isIndexed }) => isUnique || !isIndexed);
  }
  for (const key of bare) warn(new IngestWarning(costOf(key), "INGEST_NO_INDEX"));
  return found.every(({ isUnique }) => isUnique);
}

interface Row {
  readonly type: string;
  readonly labels: readonly string[] | null;
  readonly properties: readonly string[] | null;
}

async function look(
  driver: Driver,
  keys: readonly KeyedLabel[],
  config: Pick<KeyIndexesOptions, "database" | "signal">,
) {
  const list = async (what: "CONSTRAINTS" | "INDEXES") => {
    const columns = "type, entityType, labelsOrTypes AS labels, properties";
    const text = `SHOW ${what} YIELD type, entityType, labelsOrTypes, properties WHERE entityType = 'NODE' RETURN ${columns}`;
    const { records } = await driver.executeQuery<Row>(text, {}, config);
    return records.map((record) => record.toObject());
  };
  const constraints = await list("CONSTRAINTS");
  const indexes = await list("INDEXES");
  return keys.map(({ label, properties }): Found => {
    // The names of the types differ between versions: UNIQUENESS, NODE_PROPERTY_UNIQUENESS, NODE_KEY.
    const isUnique = constraints.some((one) => isFor(one, label, properties) && /UNIQUE|NODE_KEY/.test(one.type));
    const isIndexed = isUnique || indexes.some((one) => isFor(one, label, properties) && /RANGE|BTREE/.test(one.type));
    return { isUnique, isIndexed };
  });
}

/** An index over some of the key's properties finds nodes by the key; what is unique by some of them is so by all. */
function isFor(row: Row, label: string, key: readonly string[]): boolean {
  const { labels, properties } = row;
  if (labels === null || properties === null || properties.length === 0) return false;
  return labels.includes(label) && properties.every((property) => key.includes(property));
}

function constraintFor({ label, properties }: KeyedLabel): string {
  const names = properties.map((property) => `n.${quoted(property)}`);
  const what = names.length === 1 ? names[0] : `(${names.join(", ")})`;
  return `CREATE CONSTRAINT IF NOT EXISTS FOR (n:${quoted(label)}) REQUIRE ${what} IS UNIQUE`;
}

function costOf(key: KeyedLabel): string {
  const by = key.properties.map((property) => quoted(property)).join(", ");
  return `There is no constraint or index for :${quoted(key.label)} by ${by}: for each row the server reads all nodes with the label, so each batch takes longer than the one before, and two at once may make a node twice. Run it with \`constraints: "create"\`, or ${constraintFor(key)}`;
}
