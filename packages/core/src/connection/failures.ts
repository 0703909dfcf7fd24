import type { BoltVersion, bolt } from "@fulgur/neo4j-codec";
import { DriverError, type Neo4jError } from "@fulgur/neo4j-types";
import type { AuthToken } from "../auth/tokens.ts";
import { IncompleteCommit, ServiceUnavailable, SessionExpired } from "../errors/availability-errors.ts";
import { BoltProtocolError } from "../errors/bolt-protocol-error.ts";
import { TransactionError } from "../errors/usage-errors.ts";
import { platform as runsOn } from "../transport/platform.ts";
import { product } from "../version.ts";

/** The server is gone. With routing, another attempt may be sent elsewhere. */
export function unavailable(address: string, what: string, isRouted: boolean, cause?: Error): Error {
  const errorClass = isRouted ? SessionExpired : ServiceUnavailable;
  return new errorClass(`The server at ${address} ${what}.`, { cause });
}

/** The server is gone, and with it the answer to COMMIT. */
export function incompleteCommit(address: string, cause: Error): Error {
  return new IncompleteCommit(
    `The connection to ${address} was lost during COMMIT: whether the transaction took place is unknown. Look at the data before doing it again.`,
    { cause },
  );
}

/**
 * What a FAILURE in answer to COMMIT means: where the server says that it has lost its database (a connection exception, in GQL's words), it
 * can't say either whether the transaction took place. Neo4j 2026.09 answers so while it shuts down, when all of it did.
 */
export function failedCommit(address: string, failure: Neo4jError): Error {
  if (!failure.gqlStatus.startsWith(connectionException)) return failure;
  return new IncompleteCommit(
    `The server at ${address} lost its database during COMMIT (${failure.code}): whether the transaction took place is unknown. Look at the data before doing it again.`,
    { cause: failure },
  );
}

const connectionException = "08";

/** Shorter secrets are left: what is taken out of a text would tell them. */
const shortestSecret = 4;

type Told = Pick<bolt.FailureMetadata, "message"> & {
  readonly description?: string | undefined;
  readonly cause?: Told | undefined;
};

/** What a server says about a login without the secrets that it was sent. (AUTH-31) */
export function withoutSecrets<T extends Told>(metadata: T, auth: AuthToken | undefined): T {
  if (auth === undefined) return metadata;
  const secrets = [auth.credentials, ...Object.values(auth.parameters ?? {})].filter(
    (secret): secret is string => typeof secret === "string" && secret.length >= shortestSecret,
  );
  const wiped = <Text extends string | undefined>(text: Text) =>
    secrets.reduce<Text>((left, secret) => left?.replaceAll(secret, "*****") as Text, text);
  const wipe = <Link extends Told>(link: Link): Link => ({
    ...link,
    message: wiped(link.message),
    ...(link.description === undefined ? {} : { description: wiped(link.description) }),
    ...(link.cause === undefined ? {} : { cause: wipe(link.cause) }),
  });
  return secrets.length === 0 ? metadata : wipe(metadata);
}

/** Who refuses to let somebody in says it without its name: with several servers, or a wrong one, that is what is missing. */
export function located(metadata: bolt.FailureMetadata, request: string, address: string): bolt.FailureMetadata {
  if (request !== "HELLO" && request !== "LOGON") return metadata;
  return { ...metadata, message: `${metadata.message} (from the server at ${address})` };
}

/** The server did what the protocol doesn't know. */
export function protocolBroken(
  address: string,
  agent: string,
  version: BoltVersion,
  what: string,
  cause?: unknown,
): Error {
  const { platform, language } = runsOn();
  return new BoltProtocolError(
    `The server at ${address} (${agent}) broke the Bolt protocol ${version}. ${what}. The connection was closed. Please report this with the text of this message: ${product} on ${platform}, ${language}.`,
    { cause },
  );
}

/** A request that the server would answer by closing the connection. */
export function impossible(request: string, states: string): Error {
  if (request === "COMMIT" || request === "ROLLBACK") {
    return new TransactionError(`${request} needs an open transaction; this connection is ${states}.`);
  }
  const advice = states.includes("STREAMING")
    ? "Read the open result to its end, or discard it, first."
    : "Only one thing can be done at a time: wait for the last one, or use another connection.";
  return new DriverError(`${request} isn't possible while the connection is ${states}. ${advice}`);
}

/** The server ignored a request, and no failure explains it. */
export function interrupted(request: string): Error {
  return new DriverError(`${request} was interrupted: the connection was reset.`);
}

export function closedHere(address: string): Error {
  return new DriverError(`The connection to ${address} was closed by this side.`);
}
