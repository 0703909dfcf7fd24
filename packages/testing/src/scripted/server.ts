import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { BoltVersion } from "@fulgur/neo4j-codec";
import type { HandshakeAnswer } from "./handshake.ts";
import { ScriptedPeer } from "./peer.ts";

/**
 * What the server says on one connection: reads requests from the peer and answers through it. When it returns, the
 * connection stays open until the client closes it.
 *
 * @param connection 0 for the first connection, and so on.
 */
export type Conversation = (peer: ScriptedPeer, connection: number) => Promise<void>;

/** Options of {@link startScriptedServer}. */
export interface ScriptedServerOptions {
  /** Bolt's version that it speaks. Default: 5.8. */
  readonly version?: BoltVersion;
  /** How it answers the opening bytes. Default: by a manifest from 5.7 on, else as older servers do. */
  readonly handshake?: HandshakeAnswer;
  /** The patches that it speaks with; what it says of them in HELLO's SUCCESS is the conversation's business. Default: none. */
  readonly patches?: readonly string[];
  /** How long the script waits for a request that it expects, in milliseconds; Infinity: for ever. Default: 5000. */
  readonly patience?: number;
  /** Where on the loopback it listens. Default: at a free port. */
  readonly port?: number;
  /** Runs once for each connection. */
  readonly conversation: Conversation;
}

/** A Bolt server that says what a script tells it: for what a real server can't be made to do. */
export interface ScriptedServer extends AsyncDisposable {
  /** `bolt://127.0.0.1:port` */
  readonly uri: string;
  /** `127.0.0.1:port`, as routing tables have it. */
  readonly address: string;
  readonly port: number;
  /** One for each connection that was ever made, in order. */
  readonly peers: readonly ScriptedPeer[];
  /**
   * Waits for every conversation that has begun.
   *
   * @throws ScriptError, or whatever a conversation threw first: the client did something that the script did not expect.
   */
  finished(): Promise<void>;
  /** Closes all connections and the port. Does not wait for conversations. */
  stop(): Promise<void>;
}

/** Starts a scripted Bolt server on the loopback. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { version = "5.8", patches = [], patience = 5000, conversation } = options;
  const handshake = options.handshake ?? (Number(version) >= 5.7 ? "manifest" : "legacy");
  const peers: ScriptedPeer[] = [];
  const sockets = new Set<Socket>();
  const conversations: Promise<{ error: unknown } | undefined>[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const connection = peers.length;
    const peer = new ScriptedPeer(socket, { version, handshake, patches, patience, connection });
    peers.push(peer);
    conversations.push(converse(conversation, peer, connection, socket));
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const address = `127.0.0.1:${port}`;

  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    uri: `bolt://${address}`,
    address,
    port,
    peers,
    stop,
    [Symbol.asyncDispose]: stop,
    async finished() {
      for (const failed of await Promise.all(conversations)) if (failed !== undefined) throw failed.error;
      for (const { violation } of peers) if (violation !== undefined) throw violation;
    },
  };
}

/** Never rejects: what went wrong waits for `finished`. A client whose script is broken must not wait, either. */
async function converse(conversation: Conversation, peer: ScriptedPeer, connection: number, socket: Socket) {
  try {
    await conversation(peer, connection);
    peer.over();
    return undefined;
  } catch (error) {
    socket.destroy();
    return { error };
  }
}

function listen(server: Server, port = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
