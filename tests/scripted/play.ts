import { type AuthToken, type Connection, type ConnectOptions, connect } from "@fulgur/neo4j-core";
import { auth, type Config, type Driver, driver } from "@fulgur/neo4j-driver";
import {
  type Conversation,
  type ScriptedServer,
  type ScriptedServerOptions,
  startScriptedServer,
} from "@fulgur/neo4j-testing";
import { onTestFinished, vi } from "vitest";

/** Never to be seen in a message. */
export const password = "secret-7c1e";
export const token: AuthToken = auth.basic("neo4j", password);

/** What a test plays with, beside the script. */
export interface Play extends Omit<ScriptedServerOptions, "conversation"> {
  readonly config?: Config;
  readonly scheme?: "bolt" | "neo4j";
}

/** A driver against a server that follows a script, which must have been followed when `use` is through and the driver closed. */
export async function play<T>(
  conversation: Conversation,
  use: (db: Driver, server: ScriptedServer) => Promise<T>,
  { config, scheme = "bolt", ...options }: Play = {},
): Promise<T> {
  await using server = await startScriptedServer({ ...options, conversation });
  const db = driver(`${scheme}://${server.address}`, token, config);
  return await followed(
    server,
    () => use(db, server),
    () => db.close(),
  );
}

/** The same with one connection of core. */
export async function playCore<T>(
  conversation: Conversation,
  use: (connection: Connection, server: ScriptedServer) => Promise<T>,
  {
    connect: connectOptions,
    ...options
  }: Omit<ScriptedServerOptions, "conversation"> & { connect?: ConnectOptions } = {},
): Promise<T> {
  await using server = await startScriptedServer({ ...options, conversation });
  let connection: Connection | undefined;
  return await followed(
    server,
    async () => {
      connection = await connect(server.uri, token, connectOptions);
      return use(connection, server);
    },
    async () => connection?.close(),
  );
}

/** Of two failures the script's says more: what the client made of the server's silence follows from it. */
async function followed<T>(server: ScriptedServer, use: () => Promise<T>, end: () => Promise<void>): Promise<T> {
  try {
    const value = await use();
    await end();
    await server.finished();
    return value;
  } catch (error) {
    await end();
    await server.finished().catch((broken: Error) => {
      if (broken === error) throw broken;
      throw new Error(broken.message, { cause: error });
    });
    throw error;
  }
}

/** The error that something rejects with. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<Error & { readonly code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("It was expected to fail, and it did not.");
}

/**
 * Makes the waits between two attempts of a transaction (a second and more) end at once. Gives the delays that were asked for, in
 * milliseconds.
 */
export function hurryRetries(): number[] {
  const delays: number[] = [];
  const original = globalThis.setTimeout;
  const hurried = (fn: () => void, ms = 0) => {
    const isRetry = ms >= 790 && ms < 5000;
    if (isRetry) delays.push(ms);
    return original(fn, isRetry ? 1 : ms);
  };
  const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(hurried as typeof setTimeout);
  onTestFinished(() => spy.mockRestore());
  return delays;
}
