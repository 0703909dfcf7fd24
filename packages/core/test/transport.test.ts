import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { auth } from "../src/auth/tokens.ts";
import { connect } from "../src/connection/connect.ts";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { BoltProtocolError } from "../src/errors/bolt-protocol-error.ts";
import { CertificateConfigurationError, UnsupportedServerProduct } from "../src/errors/configuration-errors.ts";
import { openTransport } from "../src/transport/node.ts";
import { ca, cert, key } from "./certificates.ts";
import { failureOf, Peer, type Script } from "./memory-peer.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
});

/** A server on loopback; gives its port. */
async function listen(server: Server, onSocket: (socket: Socket) => void = () => {}): Promise<number> {
  servers.push(server);
  const event = "setSecureContext" in server ? "secureConnection" : "connection";
  server.on(event, (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    onSocket(socket);
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A scripted peer behind a socket. */
function speakBolt(socket: Socket, script: Script = {}): Peer {
  const peer = new Peer("5.4", script);
  peer.listener = { received: (bytes) => void socket.write(bytes), closed: () => socket.end() };
  socket.on("data", (bytes) => peer.write([bytes]));
  return peer;
}

const silent = () => {};
const bolt = (port: number, scheme = "bolt") => `${scheme}://127.0.0.1:${port}`;

describe("over TCP", () => {
  it("a query runs, and a large one comes back whole", async () => {
    const text = "x".repeat(300_000);
    const echo: Script = {
      RUN: (request, peer) => {
        peer.success({ fields: ["text"] });
        expect(request.parameters).toEqual({ text });
      },
      PULL: (_, peer) => {
        for (let i = 0; i < 20; i++) peer.records([text]);
        peer.success();
      },
    };
    const port = await listen(createServer(), (socket) => speakBolt(socket, echo));
    const connection = await connect(bolt(port), auth.none());
    let count = 0;
    for await (const [value] of connection.run("RETURN $text", { text })) {
      expect(value).toBe(text);
      count++;
    }
    expect(count).toBe(20);
    await connection.close();
  });

  it("HELLO and LOGON, and RUN and PULL, arrive in one piece each", async () => {
    const pieces: number[] = [];
    const port = await listen(createServer(), (socket) => {
      speakBolt(socket);
      socket.on("data", (bytes) => pieces.push(bytes.length));
    });
    const connection = await connect(bolt(port), auth.none());
    await connection.run("RETURN 1").summary();
    expect(pieces).toHaveLength(3);
    await connection.close();
  });

  it("closing says GOODBYE and lets the socket go, though the server keeps its half open", async () => {
    let socket!: Socket;
    let peer!: Peer;
    const port = await listen(createServer({ allowHalfOpen: true }), (accepted) => {
      socket = accepted;
      peer = speakBolt(accepted);
    });
    const connection = await connect(bolt(port), auth.none());
    const ended = new Promise((resolve) => socket.once("end", resolve));
    await connection.close();
    await ended;
    expect(peer.requests.at(-1)?.type).toBe("GOODBYE");
  });

  it("a server that goes away is noticed while nothing is under way", async () => {
    let socket!: Socket;
    const port = await listen(createServer(), (accepted) => {
      socket = accepted;
      speakBolt(accepted);
    });
    const lost = new Promise<Error | undefined>((resolve) => {
      void connect(bolt(port), auth.none(), { onClose: resolve }).then(() => socket.destroy());
    });
    expect(await lost).toBeInstanceOf(ServiceUnavailable);
  });
});

describe("opening fails, at once and by name,", () => {
  it("when nobody listens", async () => {
    const port = await listen(createServer());
    servers.pop()!.close();
    const error = await failureOf(connect(bolt(port)));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}.*nothing listens.*ECONNREFUSED`));
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
    expect(error.stack).toContain("transport.test.ts");
  });

  it("when the host isn't known", async () => {
    const error = await failureOf(connect("bolt://no-such-host.invalid"));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain("no-such-host.invalid:7687");
  });

  it.each([
    ["closes without a word", Buffer.alloc(0), ServiceUnavailable, /handshake/],
    ["closes after 3 bytes", Buffer.from([0, 0, 4]), BoltProtocolError, /3 bytes/],
    ["closes in its manifest", Buffer.from([0, 0, 1, 255, 4, 0]), BoltProtocolError, /6 bytes/],
    ["speaks HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), ServiceUnavailable, /HTTP/],
    ["speaks no common version", Buffer.alloc(4), UnsupportedServerProduct, /none of/],
  ])("when the server %s", async (_, answer, errorClass, message) => {
    const port = await listen(createServer(), (socket) => socket.once("data", () => socket.end(answer)));
    const error = await failureOf(connect(bolt(port)));
    expect(error).toBeInstanceOf(errorClass);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });

  it("when the server closes after HELLO", async () => {
    const port = await listen(createServer(), (socket) => speakBolt(socket, { HELLO: () => void socket.destroy() }));
    expect(await failureOf(connect(bolt(port)))).toBeInstanceOf(ServiceUnavailable);
  });

  it.each(["the handshake", "HELLO"])("when the server never answers %s (CONN-42)", async (stage) => {
    const port = await listen(createServer(), (socket) =>
      stage === "HELLO" ? speakBolt(socket, { HELLO: silent, LOGON: silent }) : socket.on("data", silent),
    );
    const error = await failureOf(connect(bolt(port), auth.none(), { connectionTimeout: 1_000, loginTimeout: 50 }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/50 ms/);
  });

  it("when it is cancelled, and the socket is let go", async () => {
    const controller = new AbortController();
    let closed!: Promise<unknown>;
    const port = await listen(createServer(), (socket) => {
      closed = new Promise((resolve) => socket.on("data", silent).once("close", resolve));
      controller.abort(new Error("enough"));
    });
    expect(await failureOf(connect(bolt(port), auth.none(), { signal: controller.signal }))).toMatchObject({
      message: "enough",
    });
    await closed;
  });
});

describe("a transport", () => {
  it("stops and goes on reading", async () => {
    const port = await listen(createServer(), (socket) => socket.write("a"));
    const transport = await openTransport({ host: "127.0.0.1", port });
    let resolve: (text: string) => void = silent;
    const next = () => new Promise<string>((given) => (resolve = given));
    const first = next();
    transport.listener = { received: (bytes) => resolve(Buffer.from(bytes).toString()), closed() {} };
    expect(await first).toBe("a");
    transport.pause();
    let isRead = false;
    const second = next().then((text) => {
      isRead = true;
      return text;
    });
    const [socket] = sockets;
    await new Promise((done) => socket!.write("b", done));
    await new Promise((done) => setImmediate(done));
    expect(isRead).toBe(false);
    transport.resume();
    expect(await second).toBe("b");
    transport.destroy();
  });
});

describe("over TLS", () => {
  const tlsPort = () => listen(createTlsServer({ key, cert }) as Server, (socket) => void speakBolt(socket));

  it("any certificate is accepted with bolt+ssc (CONN-05)", async () => {
    const connection = await connect(bolt(await tlsPort(), "bolt+ssc"));
    expect((await connection.run("RETURN 1").summary()).fields).toEqual(["n"]);
    await connection.close();
  });

  it("a certificate of a given authority is accepted for its name (TLS-05)", async () => {
    const port = await tlsPort();
    for (const serverName of ["localhost", "graph.test"]) {
      const options = { encrypted: true, trustedCertificates: [ca], serverName };
      const connection = await connect(bolt(port), undefined, options);
      expect(connection.isOpen).toBe(true);
      await connection.close();
    }
    const options = { encrypted: true, trustedCertificates: [ca] };
    await (await connect(`neo4j://localhost:${port}`, undefined, options)).close();
  });

  it("a certificate for another name is refused (CONN-04)", async () => {
    const options = { encrypted: true, trustedCertificates: [ca], serverName: "other.test" };
    const error = await failureOf(connect(bolt(await tlsPort()), undefined, options));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/another host name than other\.test: it is for localhost, graph\.test/);
  });

  it("a certificate of an unknown authority is refused, and the message says what to do (CONN-04)", async () => {
    const error = await failureOf(connect(`bolt+s://localhost:${await tlsPort()}`));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/trustedCertificates|authority/);
  });

  it.each(["garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", Uint8Array.of(48, 1, 2)])(
    "an authority that is none is refused by the option's name: %j (TLS-15)",
    async (pem) => {
      const options = { encrypted: true, trustedCertificates: [ca, pem] };
      const error = await failureOf(connect(bolt(await tlsPort()), undefined, options));
      expect(error).toBeInstanceOf(CertificateConfigurationError);
      expect(error.message).toContain("trustedCertificates[1]");
    },
  );

  it("a server without TLS is named (CONN-14)", async () => {
    const port = await listen(createServer(), (socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400\r\n\r\n")),
    );
    const error = await failureOf(connect(bolt(port, "bolt+ssc")));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/TLS.*bolt:\/\//);
    const closing = await listen(createServer(), (socket) => socket.once("data", () => socket.destroy()));
    expect((await failureOf(connect(bolt(closing, "bolt+ssc")))).message).toMatch(/TLS.*bolt:\/\//);
  });

  it("a server that wants TLS is named when it isn't spoken (CONN-14)", async () => {
    const error = await failureOf(connect(bolt(await tlsPort())));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/encryption.*bolt\+s/);
  });

  it("a TLS handshake that never ends is ended", async () => {
    const port = await listen(createServer(), (socket) => socket.on("data", silent));
    const error = await failureOf(connect(bolt(port, "bolt+ssc"), undefined, { connectionTimeout: 50 }));
    expect(error.message).toMatch(/50 ms/);
  });
});
