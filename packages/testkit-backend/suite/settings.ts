/** What the environment says about the suite, checked before anything starts. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Name, nameChoices } from "../src/names/borrowed-name.ts";

export interface Settings {
  /** The checkout of neo4j-drivers/testkit. */
  readonly home: string;
  /** The name of the driver whose place ours takes: the suite has expectations by name. */
  readonly name: Name;
  /** A Python with the suite's libraries. */
  readonly python: string;
  /** Workers that run side by side, each in a network namespace of its own; 0: one, in this machine's network. */
  readonly shards: number;
  /** How long one test may take, in seconds. */
  readonly limit: number;
  /** Whether a server for the `neo4j` suite is named. */
  readonly hasServer: boolean;
  /** Whether the server of the `tls` suite is built. */
  readonly hasTlsServer: boolean;
}

/** What is to be done before the suite can run. */
export class NotReady extends Error {}

const howTo = `The conformance suite isn't part of this repository. To run it:

  git clone --branch 5.0 https://github.com/neo4j-drivers/testkit.git
  python3 -m venv venv && venv/bin/pip install 'ifaddr~=0.1.7' 'lark~=1.0.0' pytz
  TESTKIT_HOME=$PWD/testkit PYTHON=$PWD/venv/bin/python npm run testkit

packages/testkit-backend/README.md says more.`;

/** @throws NotReady */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { TESTKIT_HOME: home = "", PYTHON: python = "python3", SHARDS: shards, TEST_TIMEOUT: limit } = env;
  const name = nameChoices.find((choice) => choice === (env["DRIVER_NAME"] ?? "javascript"));
  if (home === "") throw new NotReady(`TESTKIT_HOME is not set.\n\n${howTo}`);
  if (!existsSync(`${home}/nutkit`)) throw new NotReady(`TESTKIT_HOME=${home} is no checkout of testkit.\n\n${howTo}`);
  const { status, error } = spawnSync(python, ["-c", "import ifaddr, lark, pytz"]);
  if (error !== undefined || status !== 0) {
    throw new NotReady(`PYTHON=${python} can't be started, or lacks ifaddr, lark~=1.0 or pytz.\n\n${howTo}`);
  }
  if (name === undefined) throw new NotReady(`DRIVER_NAME has to be ${nameChoices.join(" or ")}.`);
  return {
    home,
    name,
    python,
    shards: shards === undefined ? (hasNamespaces() ? 2 : 0) : wholeNumber("SHARDS", shards),
    limit: limit === undefined ? 120 : wholeNumber("TEST_TIMEOUT", limit),
    hasServer: env["TEST_NEO4J_HOST"] !== undefined,
    hasTlsServer: existsSync(`${home}/tlsserver/tlsserver`),
  };
}

/** The suites that can run, in the order in which they are told of. */
export function possibleSuites({ hasServer, hasTlsServer }: Settings): readonly string[] {
  return ["stub", ...(hasTlsServer ? ["tls"] : []), ...(hasServer ? ["neo4j"] : [])];
}

/** @throws NotReady with what a named suite is short of */
export function checkSuites(names: readonly string[], settings: Settings): void {
  const suites = new Set(names.map((name) => name.split(".")[0]));
  if (suites.has("neo4j") && !settings.hasServer) {
    throw new NotReady(
      "The suite's `neo4j` part needs a server: set TEST_NEO4J_HOST, _PORT, _USER, _PASS and _VERSION.",
    );
  }
  if (suites.has("tls") && !settings.hasTlsServer) {
    throw new NotReady(
      "The suite's `tls` part needs its server: (cd $TESTKIT_HOME/tlsserver && go build -o tlsserver main.go)",
    );
  }
}

/** Linux with the right to make network namespaces: the suite's ports are fixed, so workers must not see each other. */
function hasNamespaces(): boolean {
  return spawnSync("unshare", [...namespaceFlags(), "ip", "link", "set", "lo", "up"]).status === 0;
}

export function namespaceFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ["--net", "--mount"] : ["--map-root-user", "--net", "--mount"];
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new NotReady(`${name}=${text} has to be a whole number.`);
  return Number(text);
}
