// No client at all: sends the bytes of a recorded job (its file is the mode) as fast as the server takes them, and throws the
// answers away. No client can be faster. See passes.mjs.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { count, mode, passes, port } from "./passes.mjs";

const jobs = JSON.parse(readFileSync(mode, "utf8")).map(({ opening, login, work, ...answers }) => ({
  opening: opening.map((part) => Buffer.from(part, "base64")),
  login: Buffer.from(login, "base64"),
  work: Buffer.from(work, "base64"),
  ...answers,
}));
const [SUCCESS, RECORD] = [0x70, 0x71];

/** Counts a server's answers, records left out. */
class Answers {
  #rest = Buffer.alloc(0);

  push(bytes) {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let [found, start] = [0, 0];
    for (let at = 0; at + 2 <= all.length; ) {
      const size = all.readUInt16BE(at);
      at += 2 + size;
      if (size > 0) continue;
      const tag = at - start > 2 ? all[start + 3] : RECORD;
      if (tag === SUCCESS) found++;
      else if (tag !== RECORD) throw new Error(`The server says ${all.toString("latin1", start, at)}`);
      start = at;
    }
    this.#rest = all.subarray(start);
    return found;
  }
}

async function answered(socket, answers, wanted) {
  for (let missing = wanted; missing > 0; ) {
    const [bytes] = await once(socket, "data");
    missing -= answers.push(bytes);
  }
}

async function open({ opening: [first, ...choice], login, loginAnswers }) {
  const socket = connect({ port: Number(port), host: "127.0.0.1", noDelay: true });
  const answers = new Answers();
  await once(socket, "connect");
  socket.write(first);
  await once(socket, "data");
  for (const part of [...choice, login]) socket.write(part);
  await answered(socket, answers, loginAnswers);
  return { socket, answers };
}

const connections = await Promise.all(jobs.map(open));
await passes(
  async (sums) => {
    await Promise.all(
      connections.map(({ socket, answers }, index) => {
        socket.write(jobs[index].work);
        return answered(socket, answers, jobs[index].workAnswers);
      }),
    );
    sums.rows = Number(count);
  },
  async () => {
    for (const { socket } of connections) socket.destroy();
  },
);
