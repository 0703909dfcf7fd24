import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { BoltVersion } from "@fulgur/neo4j-codec";
import type { HandshakeAnswer } from "./handshake.ts";
import { ScriptedPeer } from "./peer.ts";

/** What the server says on one connection: reads requests from the peer and answers through it. */
export type Conversation = (peer: ScriptedPeer, connection: number) => Promise<void>;

export interface ScriptedServerOptions {
  /** The version that it speaks. Default: 5.8. */
  readonly version?: BoltVersion;
  /** How it answers the opening bytes. Default: by a manifest from 5.7 on, else as older servers do. */
  readonly handshake?: HandshakeAnswer;
  /** The patches that it speaks with; what it says of them in HELLO's SUCCESS is the conversation's business. */
  readonly patches?: readonly string[];
  /** Runs once for each connection. */
  readonly conversation: Conversation;
}

/** A Bolt server that says what a script tells it: for what a real server can't be made to do. */
export interface ScriptedServer extends AsyncDisposable {
  /** `bolt://127.0.0.1:port` */
  readonly uri: string;
  readonly port: number;
  /** One for each connection that was ever made, in order. */
  readonly peers: readonly ScriptedPeer[];
  /**
   * Waits for every conversation that has begun.
   *
   * @throws the first error of a conversation: the client did something that the script did not expect.
   */
  finished(): Promise<void>;
  /** Closes all connections and the port. Does not wait for conversations. */
  stop(): Promise<void>;
}

/** Starts a scripted Bolt server at a free port of the loopback. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { version = "5.8", patches = [], conversation } = options;
  const handshake = options.handshake ?? (Number(version) >= 5.7 ? "manifest" : "legacy");
  const peers: ScriptedPeer[] = [];
  const sockets = new Set<Socket>();
  const conversations: Promise<unknown>[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const peer = new ScriptedPeer(socket, version, handshake, patches);
    const talk = conversation(peer, peers.push(peer) - 1).catch((error: unknown) => {
      socket.destroy();
      return error;
    });
    conversations.push(talk);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;

  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    uri: `bolt://127.0.0.1:${port}`,
    port,
    peers,
    stop,
    [Symbol.asyncDispose]: stop,
    async finished() {
      const error = (await Promise.all(conversations)).find((outcome) => outcome !== undefined);
      if (error !== undefined) throw error;
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}
