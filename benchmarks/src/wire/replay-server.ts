/**
 * Replays recorded results to any driver that speaks Bolt 5.x, and says SUCCESS to everything else. main.ts starts it as a
 * process of its own, and it prints its port. `REPLAY rows 1000` asks for the first 1,000 records of a recording.
 */
import { createServer, type Socket } from "node:net";
import { createCodec, type Message } from "@fulgur/neo4j-codec";
import { type Recording, recordings, version } from "./recording.ts";
import { RequestSplitter } from "./requests.ts";

const codec = createCodec({ version, role: "server" });
const made = new Map<string, Recording>();
const success = (metadata: Record<string, unknown>) => codec.encodeMessage({ type: "SUCCESS", metadata } as Message);
const empty = success({});
const hello = success({ server: "Neo4j/5.26.0", connection_id: "bolt-1", hints: {} });
const ran = (fields: readonly string[]) => success({ fields: [...fields], t_first: 0 });
const more = success({ has_more: true });
const end = success({ type: "r", t_last: 0, db: "neo4j" });
const signature = { HELLO: 0x01, GOODBYE: 0x02, RUN: 0x10, DISCARD: 0x2f, PULL: 0x3f } as const;

/** Every record that a RUN asked for, and how many of them were sent. */
interface Replay {
  readonly recording: Recording;
  readonly count: number;
  sent: number;
}

function recordingOf(name: string): Recording {
  let recording = made.get(name);
  if (recording === undefined) made.set(name, (recording = (recordings[name] as () => Recording)()));
  return recording;
}

function converse(socket: Socket): void {
  const splitter = new RequestSplitter();
  let replay: Replay | undefined;

  const run = (head: Uint8Array) => {
    const [, name, count] = /REPLAY (\w+) (\d+)/.exec(Buffer.from(head.subarray(0, 200)).toString("latin1")) ?? [];
    replay = name === undefined ? undefined : { recording: recordingOf(name), count: Number(count), sent: 0 };
    socket.write(ran(replay?.recording.fields ?? []));
  };
  const pull = (head: Uint8Array) => {
    if (replay === undefined) return void socket.write(end);
    const { n } = codec.decodeValue(head.subarray(2)) as { n: number };
    const { recording, count, sent } = replay;
    const until = n < 0 ? count : Math.min(count, sent + n);
    const from = sent === 0 ? 0 : (recording.ends[sent - 1] as number);
    const to = until === 0 ? 0 : (recording.ends[until - 1] as number);
    if (to > from) socket.write(recording.bytes.subarray(from, to));
    replay.sent = until;
    socket.write(until < count ? more : end);
  };
  const answer = (head: Uint8Array) => {
    const tag = head[1];
    if (tag === signature.HELLO) socket.write(hello);
    else if (tag === signature.RUN) run(head);
    else if (tag === signature.PULL) pull(head);
    else if (tag === signature.DISCARD) socket.write(end);
    else if (tag === signature.GOODBYE) socket.end();
    else socket.write(empty);
  };

  let opening: Buffer | undefined = Buffer.alloc(0);
  /** How many bytes of the opening are through: 20, and with a manifest the client's choice. */
  let expected = 20;
  socket.on("data", (bytes: Buffer) => {
    let rest = bytes;
    if (opening !== undefined) {
      opening = Buffer.concat([opening, bytes]);
      if (opening.length < expected) return;
      if (expected === 20) {
        const isManifest = opening.subarray(4, 20).includes(Buffer.of(0, 0, 1, 0xff));
        socket.write(isManifest ? Buffer.of(0, 0, 1, 0xff, 1, 0, 8, 8, 5, 0) : Buffer.of(0, 0, 8, 5));
        // The choice: a version, and no capabilities.
        if (isManifest) expected = 25;
        if (opening.length < expected) return;
      }
      rest = opening.subarray(expected);
      opening = undefined;
    }
    for (const { head } of splitter.push(rest)) answer(head);
  });
  socket.on("error", () => socket.destroy());
}

for (const name of process.argv.slice(2)) recordingOf(name);
const server = createServer({ noDelay: true }, converse);
server.listen(0, "127.0.0.1", () => console.log((server.address() as { port: number }).port));
// The parent is gone.
process.stdin.on("end", () => process.exit()).resume();
