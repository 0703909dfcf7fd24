/** TLS in front of a scripted server, which speaks none itself; tells what each handshake was like. */
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { auth, type Config, type Driver, driver } from "@fulgur/neo4j-driver";
import {
  answering,
  type CertificateAuthority,
  type CertificateRequest,
  createCertificateAuthority,
  startScriptedServer,
} from "@fulgur/neo4j-testing";

/** What one handshake came to, seen from the server. */
export interface Handshake {
  /** The client's certificate's subject; absent without one. */
  readonly client: string | undefined;
  /** The name that the client asked for. */
  readonly serverName: string | false | null | undefined;
  readonly isResumed: boolean;
  readonly protocol: string | null;
}

export interface TlsFront extends AsyncDisposable {
  readonly port: number;
  /** One for each handshake that ended well. */
  readonly handshakes: readonly Handshake[];
}

/** @param options the certificate and how to encrypt. */
export async function startTlsFront(to: { readonly port: number }, options: TlsOptions): Promise<TlsFront> {
  const handshakes: Handshake[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(options, (socket: TLSSocket) => {
    handshakes.push({
      client: socket.getPeerCertificate()?.subject?.CN as string | undefined,
      serverName: (socket as { servername?: string | false }).servername,
      isResumed: socket.isSessionReused(),
      protocol: socket.getProtocol(),
    });
    const inner = connect(to.port, "127.0.0.1");
    for (const [one, other] of [[socket, inner] as const, [inner, socket] as const]) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => {})));
  server.on("tlsClientError", () => {});
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    handshakes,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

/** The authority of these tests; its certificate has to be given to be trusted. */
export const authority: CertificateAuthority = await createCertificateAuthority();

export interface TlsPlay {
  /** What the server's certificate says, or the pair itself. */
  readonly certificate?: CertificateRequest | { readonly certificate: string; readonly key: string };
  readonly server?: TlsOptions;
  readonly scheme?: string;
  /** Default: `localhost`. */
  readonly host?: string;
  readonly config?: Config;
}

/**
 * A driver and an encrypting server, which answers 1 to all queries. Managed transactions aren't repeated. The routing table names the server
 * behind the front, so that routed drivers need a resolver.
 */
export async function playTls<T>(
  { certificate = {}, server = {}, scheme = "bolt", host = "localhost", config }: TlsPlay,
  use: (db: Driver, front: TlsFront) => Promise<T>,
): Promise<T> {
  await using bolt = await startScriptedServer({
    conversation: answering(() => ({ fields: ["one"], records: [[1]] })),
  });
  const pair = "key" in certificate ? certificate : await authority.issue(certificate);
  await using front = await startTlsFront(bolt, { cert: pair.certificate, key: pair.key, ...server });
  await using db = driver(`${scheme}://${host}:${front.port}`, auth.basic("ann", "canary-71aa"), {
    maxTransactionRetryTime: 0,
    ...(scheme.startsWith("neo4j") ? { resolver: () => `${host}:${front.port}` } : {}),
    ...config,
  });
  return await use(db, front);
}

/** Asks the server something; the answer is 1. */
export async function ask(db: Driver): Promise<unknown> {
  return (await db.executeQuery("RETURN 1 AS one", undefined, { routing: "READ" })).records[0]?.get("one");
}
