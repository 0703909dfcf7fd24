/** Looks whether keys have a constraint or an index, and makes a constraint on request. */
import type { Driver } from "@fulgur/neo4j-driver";
import { quoted } from "../mapping/names.ts";
import { IngestWarning } from "../warning.ts";
import type { Keyed, KeyedLabel } from "./keys.ts";

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
 * Constraints are made for nodes alone: a relationship's key tells it only from others between the same two nodes, so that none could be
 * made which would be true of all.
 *
 * @returns whether all keys of nodes are known to be unique
 * @throws the server's error when a constraint can't be made
 */
export async function seeToKeys(
  driver: Driver,
  keys: readonly Keyed[],
  { mode, database, signal, warn }: KeyIndexesOptions,
): Promise<boolean> {
  if (mode === "ignore" || keys.length === 0) return false;
  const config = { database, signal };
  const distinct = [...new Map(keys.map((key) => [identityOf(key), key])).values()];
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
  const made = mode === "create" ? bare.filter(isOfNodes) : [];
  for (const key of made) await driver.executeQuery(constraintFor(key), {}, config);
  if (made.length > 0) await driver.executeQuery(`CALL db.awaitIndexes(${longestFilling})`, {}, config);
  for (const key of bare) {
    if (!made.includes(key as KeyedLabel)) warn(new IngestWarning(costOf(key), "INGEST_NO_INDEX"));
  }
  return distinct.every((key, i) => !isOfNodes(key) || found[i]!.isUnique || made.includes(key));
}

interface Row {
  readonly type: string;
  readonly entity: "NODE" | "RELATIONSHIP";
  readonly names: readonly string[] | null;
  readonly properties: readonly string[] | null;
}

async function look(
  driver: Driver,
  keys: readonly Keyed[],
  config: Pick<KeyIndexesOptions, "database" | "signal">,
): Promise<Found[]> {
  const list = async (what: "CONSTRAINTS" | "INDEXES") => {
    const text = `SHOW ${what} YIELD type, entityType, labelsOrTypes, properties RETURN type, entityType AS entity, labelsOrTypes AS names, properties`;
    const { records } = await driver.executeQuery<Row>(text, {}, config);
    return records.map((record) => record.toObject());
  };
  const constraints = await list("CONSTRAINTS");
  const indexes = await list("INDEXES");
  return keys.map((key) => {
    // The names of the types differ between versions: UNIQUENESS, NODE_PROPERTY_UNIQUENESS, NODE_KEY, RELATIONSHIP_KEY.
    const isUnique = constraints.some((one) => isFor(one, key) && /UNIQUE|_KEY/.test(one.type));
    const isIndexed = isUnique || indexes.some((one) => isFor(one, key) && /RANGE|BTREE/.test(one.type));
    return { isUnique, isIndexed };
  });
}

/** An index over some of the key's properties finds nodes by the key; what is unique by some of them is so by all. */
function isFor({ entity, names, properties }: Row, key: Keyed): boolean {
  if (names === null || properties === null || properties.length === 0) return false;
  const [kind, name] = isOfNodes(key) ? ["NODE", key.label] : ["RELATIONSHIP", key.type];
  return entity === kind && names.includes(name) && properties.every((property) => key.properties.includes(property));
}

function isOfNodes(key: Keyed): key is KeyedLabel {
  return "label" in key;
}

function identityOf(key: Keyed): string {
  const { properties, ...named } = key;
  return JSON.stringify([named, [...properties].sort()]);
}

function constraintFor(key: Keyed): string {
  const [variable, pattern] = isOfNodes(key)
    ? ["n", `(n:${quoted(key.label)})`]
    : ["r", `()-[r:${quoted(key.type)}]-()`];
  const names = key.properties.map((property) => `${variable}.${quoted(property)}`);
  const what = names.length === 1 ? names[0] : `(${names.join(", ")})`;
  return `CREATE CONSTRAINT IF NOT EXISTS FOR ${pattern} REQUIRE ${what} IS UNIQUE`;
}

function costOf(key: Keyed): string {
  const by = key.properties.map((property) => quoted(property)).join(", ");
  if (isOfNodes(key)) {
    return `There is no constraint or index for :${quoted(key.label)} by ${by}: for each row the server reads all nodes with the label, so each batch takes longer than the one before, and two at once may make a node twice. Run it with \`constraints: "create"\`, or ${constraintFor(key)}`;
  }
  return `There is no constraint or index for relationships :${quoted(key.type)} by ${by}: for each row the server reads all of them between its two nodes, so each batch takes longer than the one before where these are many. None is made, because it would refuse the same key between other nodes; if no two relationships have the same, run ${constraintFor(key)}`;
}
