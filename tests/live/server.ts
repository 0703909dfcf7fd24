import { auth, driver } from "@fulgur/neo4j-driver";
import { type Neo4j, neo4jSupport, type StartOptions, startNeo4j } from "@fulgur/neo4j-testing";

export type Server = Pick<Neo4j, "uri" | "username" | "password" | "stop">;

/** Whether this machine can run a Neo4j that speaks Bolt 6, and if not, why: the reason that skipped tests state. */
export const support = await neo4jSupport();
export const speaksBolt6 = support.boltVersions?.includes("6.1") === true;
export const bolt6Reason = speaksBolt6
  ? ""
  : ` (skipped: Bolt 6 needs Neo4j 2026.09, which needs a Java >= 21; found ${support.version ?? support.reason})`;

/**
 * A server that speaks no newer Bolt than this. Neo4j 2026.09 limits what may be sent before login to four levels of
 * nesting, and under load, when Bolt 4.4's UTC patch is accepted, it sometimes keeps that limit after login: it then closes
 * the connection at the first nested map. The limit is raised here, since it's not what these tests are about.
 */
export function cappedServer(boltVersion: string): Promise<Neo4j> {
  return startNeo4j({
    boltVersion,
    settings: {
      "internal.server.bolt.unauth_max_structure_depth": "1000",
      "internal.server.bolt.unauth_max_structure_elements": "100000",
      "internal.server.bolt.unauth_max_inbound_bytes": "100000000",
    },
  });
}

/**
 * A server for tests that need no special one: started here, or the one that FULGUR_TEST_NEO4J_URI names. NEO4J_URI is
 * never read: users export it for production, and these tests delete what they find.
 */
export async function anyServer(options: StartOptions = {}): Promise<Server> {
  const {
    FULGUR_TEST_NEO4J_URI: uri,
    FULGUR_TEST_NEO4J_USERNAME: username = "neo4j",
    FULGUR_TEST_NEO4J_PASSWORD: password = "",
  } = process.env;
  if (uri === undefined || Object.keys(options).length > 0) return startNeo4j(options);
  await refuseData(uri, username, password);
  return { uri, username, password, stop: async () => {} };
}

async function refuseData(uri: string, username: string, password: string): Promise<void> {
  if (process.env.FULGUR_TEST_ALLOW_WIPE === "1") return;
  await using db = driver(uri, auth.basic(username, password));
  const { records } = await db.executeQuery<{ empty: boolean }>("RETURN NOT EXISTS { MATCH () } AS empty");
  if (records[0]?.get("empty") !== true) {
    throw new Error(
      "The database that FULGUR_TEST_NEO4J_URI names holds nodes, and these tests would delete them. " +
        "Use an empty one, or set FULGUR_TEST_ALLOW_WIPE=1.",
    );
  }
}
