import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The lines of Neo4j that this package can run. */
export type Neo4jVersion = "2026.09" | "5.26";

/** What differs from one Neo4j line to the other: data, so that nothing else asks for a version. */
export interface Release {
  readonly version: Neo4jVersion;
  /** The oldest Java that loads its classes. */
  readonly minimumJava: number;
  /** The Java versions that Neo4j names as supported; preferred when several are installed. */
  readonly supportedJava: readonly number[];
  /** Every Bolt version that it speaks, oldest first; each can be the cap. */
  readonly boltVersions: readonly string[];
  /** The size of its jars in megabytes, for the message before a download. */
  readonly megabytes: number;
  /** Settings without which it starts or stops slowly, writes half a gigabyte, or talks to the network. */
  readonly settings: Readonly<Record<string, string>>;
  readonly pom: URL;
}

// An unknown setting name stops the start, so each line lists its own.
const everywhere = {
  "server.bolt.enabled": "true",
  "dbms.usage_report.enabled": "false",
  "db.tx_log.preallocate": "false",
  // Passwords that tests choose may be short.
  "dbms.security.auth_minimum_password_length": "1",
};

const boltOf526 = ["4.4", "5.0", "5.1", "5.2", "5.3", "5.4", "5.6", "5.7", "5.8"] as const;

/** Newest first: the order in which `version: "auto"` tries them. */
export const releases: readonly Release[] = [
  {
    version: "2026.09",
    minimumJava: 21,
    supportedJava: [21, 25],
    boltVersions: [...boltOf526, "6.0", "6.1"],
    megabytes: 155,
    settings: {
      ...everywhere,
      "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
      // It would broadcast on the local network.
      "server.fleet_discovery.enabled": "false",
    },
    pom: new URL("../maven/2026.09/pom.xml", import.meta.url),
  },
  {
    version: "5.26",
    minimumJava: 17,
    supportedJava: [17, 21],
    boltVersions: boltOf526,
    megabytes: 123,
    settings: {
      ...everywhere,
      "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    },
    pom: new URL("../maven/5.26/pom.xml", import.meta.url),
  },
];

/** A release as its pom.xml pins it. */
export interface PinnedRelease {
  /** The full version, such as `2026.09.0`. */
  readonly version: string;
  /** The pom's path. */
  readonly pom: string;
  /** Changes with every edit of the pom. */
  readonly hash: string;
}

export async function readPin(release: Release): Promise<PinnedRelease> {
  const pom = fileURLToPath(release.pom);
  const text = await readFile(pom, "utf8");
  const version = /<neo4j\.version>([^<]+)<\/neo4j\.version>/.exec(text)?.[1];
  if (version === undefined) throw new Error(`${pom} has no <neo4j.version>: the package is damaged, install it anew.`);
  return { version, pom, hash: createHash("sha256").update(text).digest("hex").slice(0, 10) };
}
