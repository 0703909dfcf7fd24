/** A TCP proxy that treats connections badly, as networks do: late, in pieces, half, or not at all. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";

/** Which way: requests go up, answers come down. */
export type Direction = "up" | "down";

/** A place in one direction of a connection's bytes. */
export interface Place {
  readonly direction: Direction;
  /** After so many bytes of it. */
  readonly bytes: number;
}

/** What becomes of one connection. */
export interface Faults {
  /** How long each piece is on its way, in ms, in each direction. */
  readonly latency?: number;
  /** Each byte comes by itself. */
  readonly byteByByte?: boolean;
  /** The connection ends there: by a reset, or in order. */
  readonly cut?: Place & { readonly how: "reset" | "end" };
  /** From there on nothing more comes through in either direction, and nobody is told. */
  readonly stall?: Place;
}

export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections were made so far, and how many are open. */
  readonly made: number;
  readonly open: number;
  /** The bytes that went through the first connection, piece by piece. */
  readonly pieces: readonly (readonly [Direction, number])[];
  /** What becomes of connections from now on. */
  faults: Faults;
  /** From now on nothing comes through, also on connections that are open. */
  stallAll(): void;
  /** Ends connections that are open; gives how many. */
  cut(how?: "reset" | "end", howMany?: number): number;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isStalled: boolean;
}

export async function startProxy(to: { readonly port: number }): Promise<Proxy> {
  const pairs = new Set<Pair>();
  const pieces: [Direction, number][] = [];
  let made = 0;
  const listener = createServer({ noDelay: true }, (client) => {
    const isFirst = made++ === 0;
    const server = connect({ port: to.port, host: "127.0.0.1", noDelay: true });
    const pair: Pair = { client, server, isStalled: false };
    pairs.add(pair);
    client.on("close", () => pairs.delete(pair));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on("error", () => {});
      one.on("close", () => {
        if (!pair.isStalled) other.destroy();
      });
    }
    const seen = isFirst ? pieces : undefined;
    void carry(pair, "up", proxy.faults, seen);
    void carry(pair, "down", proxy.faults, seen);
  });
  const proxy = {
    port: 0,
    faults: {} as Faults,
    get made() {
      return made;
    },
    get open() {
      return pairs.size;
    },
    pieces,
    stallAll() {
      for (const pair of pairs) pair.isStalled = true;
    },
    cut(how: "reset" | "end" = "reset", howMany = Number.POSITIVE_INFINITY) {
      const chosen = [...pairs].slice(0, howMany);
      for (const pair of chosen) end(pair, how);
      return chosen.length;
    },
    async [Symbol.asyncDispose]() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  proxy.port = (listener.address() as AddressInfo).port;
  return proxy;
}

async function carry(pair: Pair, direction: Direction, faults: Faults, seen?: [Direction, number][]): Promise<void> {
  const { latency = 0, byteByByte = false, cut, stall } = faults;
  const [from, to] = direction === "up" ? [pair.client, pair.server] : [pair.server, pair.client];
  const limit = [cut, stall].find((place) => place?.direction === direction)?.bytes ?? Number.POSITIVE_INFINITY;
  let carried = 0;
  /** What happens at the place that was asked for; true: nothing is carried any more. */
  const isOver = () => {
    if (carried >= limit && stall?.direction === direction) pair.isStalled = true;
    if (carried >= limit && cut?.direction === direction) end(pair, cut.how);
    return pair.isStalled || from.destroyed;
  };
  try {
    if (isOver()) return;
    for await (const chunk of from as AsyncIterable<Uint8Array>) {
      if (pair.isStalled) return await forgotten(from);
      seen?.push([direction, chunk.length]);
      const rest = chunk.subarray(0, limit - carried);
      for (let at = 0; at < rest.length; at += byteByByte ? 1 : rest.length) {
        if (latency > 0) await wait(latency);
        if (pair.isStalled) return await forgotten(from);
        to.write(byteByByte ? rest.subarray(at, at + 1) : rest);
        // A turn of the loop for each, or the system would join them.
        if (byteByByte) await turn();
      }
      carried += rest.length;
      if (isOver()) return await forgotten(from);
    }
    if (!pair.isStalled) to.end();
  } catch {
    // The other side of this pair hears of it by "close".
  }
}

/** Leaving the loop would close the socket; whoever is stalled must not notice. */
async function forgotten(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
}

function end({ client, server }: Pair, how: "reset" | "end"): void {
  if (how === "reset") client.resetAndDestroy();
  else client.destroySoon();
  server.destroy();
}
