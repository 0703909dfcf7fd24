import { type bolt, boltPatches, type Codec, createCodec, type TemporalMode } from "@fulgur/neo4j-codec";
import type { AuthToken } from "../auth/tokens.ts";
import { disabledClassificationsOf } from "../notification-filter.ts";
import { platform } from "../transport/platform.ts";
import { product } from "../version.ts";
import type { Opened } from "./bolt-connection.ts";
import type { Conversation } from "./conversation.ts";
import type { ConnectOptions } from "./options.ts";

/** What has to be known to open a conversation. */
export interface Introduction {
  readonly address: string;
  readonly auth: AuthToken;
  /** `null` asks the server not to route. */
  readonly routing: Readonly<Record<string, string>> | null;
  readonly options: ConnectOptions;
}

/**
 * HELLO, and LOGON in the same write where the version has it; before, HELLO itself carries the token. Which keys a
 * version knows is the tables' affair.
 */
export async function open(conversation: Conversation, introduction: Introduction): Promise<Opened> {
  const { address, auth, options } = introduction;
  const hello = new Promise<bolt.HelloSuccess>((success, failed) => {
    conversation.send(
      { type: "HELLO", extra: helloExtra(introduction) },
      {
        auth,
        failed,
        success: (metadata) => {
          usePatches(conversation, metadata.patchBolt ?? [], options);
          success(metadata);
        },
      },
    );
  });
  const logon = new Promise<bolt.LogonSuccess>((success, failed) => {
    if (conversation.knows("LOGON")) conversation.send({ type: "LOGON", auth }, { auth, success, failed });
    else success({});
  });
  // The first to fail says why; the other one only follows.
  const [{ server, connectionId, hints }, { advertisedAddress }] = await Promise.all([hello, logon]);
  conversation.agent = server;
  conversation.named(connectionId);
  const opened: Opened = {
    address,
    agent: server,
    id: connectionId,
    hints: hints ?? { telemetryEnabled: false, ssrEnabled: false },
    advertisedAddress,
    fetchSize: options.fetchSize ?? 1000,
    telemetryDisabled: options.telemetryDisabled ?? false,
    onSummary: options.onSummary,
  };
  const silence = Number(opened.hints.connectionRecvTimeoutSeconds ?? 0) * 1000;
  if (silence > 0) conversation.limitSilence(silence);
  conversation.opened();
  return opened;
}

const codecs = new Map<string, Codec>();
/** Numbers of the Temporal implementations that were given, for the key. */
const implementations = new Map<object, number>();

function keyOfTemporal(temporal: TemporalMode): string {
  if (typeof temporal === "string") return temporal;
  const { implementation } = temporal;
  const number = implementations.get(implementation) ?? implementations.size;
  implementations.set(implementation, number);
  return `temporal ${number}`;
}

/** The codec of a version; connections with the same options share one. */
export function codecFor(version: Codec["version"], options: ConnectOptions, accepted: readonly string[] = []): Codec {
  const {
    engine = "auto",
    integers = "auto",
    temporal = "native",
    floatLists,
    codeGeneration,
    detachStrings,
  } = options;
  const ways = [engine, integers, keyOfTemporal(temporal), floatLists, codeGeneration, detachStrings];
  const key = [version, ...ways, ...accepted].join();
  let codec = codecs.get(key);
  if (codec === undefined) {
    const values = { engine, integers, temporal, floatLists, codeGeneration, detachStrings };
    codec = createCodec({ version, ...values, patches: accepted });
    codecs.set(key, codec);
  }
  return codec;
}

function usePatches(conversation: Conversation, accepted: readonly string[], options: ConnectOptions): void {
  const { patches = boltPatches } = options;
  const known = accepted.filter((patch) => patches.includes(patch));
  if (known.length > 0) conversation.useCodec(codecFor(conversation.version, options, known), known);
}

function helloExtra({ auth, routing, options }: Introduction): bolt.HelloExtra {
  const { userAgent = product, notificationFilter = {}, patches = boltPatches } = options;
  const { minimumSeverityLevel } = notificationFilter;
  const disabledClassifications = disabledClassificationsOf(notificationFilter);
  return {
    userAgent,
    auth,
    // Versions that don't know the key aren't sent it.
    ...(patches.length === 0 ? {} : { patchBolt: patches }),
    // Absent: the server doesn't route.
    ...(routing === null ? {} : { routing }),
    boltAgent: { product, ...platform() },
    ...(minimumSeverityLevel === undefined ? {} : { notificationsMinimumSeverity: minimumSeverityLevel }),
    ...(disabledClassifications === undefined ? {} : { notificationsDisabledClassifications: disabledClassifications }),
  };
}
