import { Neo4jStartError } from "./failure.ts";
import { chooseJava, describeJavas, findJavas, type Java } from "./java.ts";
import { type Neo4jVersion, type PinnedRelease, type Release, readPin, releases } from "./releases.ts";

/** A release and the Java that will run it. */
export interface Choice {
  readonly release: Release;
  readonly pin: PinnedRelease;
  readonly java: Java;
}

/**
 * Settles which Neo4j runs on which Java.
 *
 * @param folders where to look for Java beside JAVA_HOME and PATH; a test passes its own.
 * @throws Neo4jStartError `bad-option`, `java-missing`
 */
export async function choose(
  version: Neo4jVersion | "auto",
  env: NodeJS.ProcessEnv,
  folders?: readonly string[],
): Promise<Choice> {
  const wanted = version === "auto" ? releases : releases.filter((release) => release.version === version);
  if (wanted.length === 0) {
    const known = ["auto", ...releases.map((release) => release.version)].map((name) => `"${name}"`).join(", ");
    throw new Neo4jStartError("bad-option", `version ${JSON.stringify(version)} is unknown; known: ${known}.`);
  }
  const javas = await findJavas(env, folders);
  for (const release of wanted) {
    const java = chooseJava(javas, release);
    if (java !== undefined) return { release, pin: await readPin(release), java };
  }
  throw new Neo4jStartError("java-missing", javaMissing(wanted, javas));
}

function javaMissing(wanted: readonly Release[], javas: readonly Java[]): string {
  const needs = wanted
    .map((release) => `Neo4j ${release.version} needs a JDK of version ${release.minimumJava} or newer`)
    .join("; ");
  const oldest = Math.min(...wanted.map((release) => release.minimumJava));
  const other = releases.find((release) => !wanted.includes(release) && chooseJava(javas, release) !== undefined);
  const instead = other === undefined ? "" : ` Or ask for version "${other.version}", which runs on what is here.`;
  return (
    `Java is missing: ${needs}. Found ${describeJavas(javas)} (in JAVA_HOME, PATH and the usual folders). ` +
    `Install a JDK (Debian, Ubuntu: apt install openjdk-${oldest}-jdk; macOS: brew install openjdk@${oldest}; or Eclipse Temurin) ` +
    `and put it into PATH or set JAVA_HOME.${instead}`
  );
}
