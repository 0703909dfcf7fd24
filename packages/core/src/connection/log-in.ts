import type { BoltVersion } from "@fulgur/neo4j-codec";
import { type Negotiated, Negotiation } from "../handshake/negotiate.ts";
import type { TraceAttributes } from "../tracing/tracing.ts";
import type { Transport } from "../transport/transport.ts";
import { BoltConnection } from "./bolt-connection.ts";
import type { Connection } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import type { ConversationLog } from "./conversation-log.ts";
import { codecFor, type Introduction, open } from "./opening.ts";

/** What logging in takes besides a stream to the server. */
export interface LoginContext {
  readonly introduction: Introduction;
  readonly versions: readonly BoltVersion[];
  readonly isEncrypted: boolean;
  readonly routed: boolean;
  readonly log: ConversationLog;
  /** Get the version. */
  readonly attributes: TraceAttributes | undefined;
}

/** Handshake, HELLO and LOGON; the promise rejects with the signal's reason when that is aborted before. */
export async function logIn(transport: Transport, context: LoginContext, signal: AbortSignal): Promise<Connection> {
  const { log, attributes } = context;
  const negotiated = await negotiate(transport, context, signal);
  log.negotiated(negotiated.version);
  if (attributes !== undefined) attributes["network.protocol.version"] = negotiated.version;
  return await converse(transport, negotiated, context, signal);
}

function negotiate(
  transport: Transport,
  { introduction, versions, isEncrypted }: LoginContext,
  signal: AbortSignal,
): Promise<Negotiated> {
  const negotiation = new Negotiation(introduction.address, versions, isEncrypted);
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    transport.listener = {
      received(bytes) {
        try {
          const negotiated = negotiation.receive(bytes);
          if (negotiated === undefined) return;
          // What comes next is the conversation's; until it listens nothing else can arrive.
          resolve(negotiated);
        } catch (error) {
          reject(error);
        }
      },
      closed: (error) => reject(negotiation.ended(error)),
    };
    if (signal.aborted) reject(signal.reason);
    else transport.write([negotiation.opening()]);
  });
}

async function converse(
  transport: Transport,
  { version, reply, rest }: Negotiated,
  { introduction, routed, log }: LoginContext,
  signal: AbortSignal,
): Promise<Connection> {
  const { options, address } = introduction;
  const { clock } = options;
  let isOpen = false;
  const conversation = new Conversation(transport, codecFor(version, options), {
    address,
    routed,
    clock,
    log,
    // Until it is open, a failure is the caller's, who gets no connection.
    onClose: (error) => {
      if (isOpen) options.onClose?.(error);
    },
  });
  if (reply.length > 0) conversation.prepend(reply);
  if (rest.length > 0) conversation.received(rest);
  const abort = () => conversation.destroy(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const connection = new BoltConnection(conversation, await open(conversation, introduction));
    isOpen = true;
    return connection;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
