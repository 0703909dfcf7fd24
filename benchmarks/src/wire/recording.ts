import { createCodec } from "@fulgur/neo4j-codec";
import { float } from "@fulgur/neo4j-types";
import { Random } from "../random.ts";
import { type Workload, workloads } from "../workloads.ts";

/** The version that the replay server speaks. Every driver here knows it, and its records look alike in all of 5.x. */
export const version = "5.8";

/** The records of a result, as a server sends them. */
export interface Recording {
  readonly fields: readonly string[];
  readonly bytes: Uint8Array;
  /** Where each record ends in the bytes. */
  readonly ends: Uint32Array;
}

function record(fields: readonly string[], count: number, row: (index: number) => unknown[]): Recording {
  const server = createCodec({ version, role: "server", engine: "plain" });
  let bytes = new Uint8Array(1 << 20);
  const ends = new Uint32Array(count);
  let end = 0;
  for (let index = 0; index < count; index++) {
    const message = server.encodeMessage({ type: "RECORD", data: row(index) });
    if (end + message.length > bytes.length) {
      const grown = new Uint8Array(bytes.length * 2);
      grown.set(bytes);
      bytes = grown;
    }
    bytes.set(message, end);
    end += message.length;
    ends[index] = end;
  }
  return { fields, bytes: bytes.subarray(0, end), ends };
}

/** By the name that a query asks for; made from a seed. */
export const recordings: Readonly<Record<string, () => Recording>> = {
  rows: () => {
    const random = new Random(1);
    return record(["id", "name", "score"], 1_000_000, (index) => [index, `u${index}`, float(random.next() * 100)]);
  },
  mixed: () => {
    const random = new Random(2);
    return record(["id", "name", "city", "score", "active", "visits"], 1_000_000, (index) => {
      const visits = index % 8 === 0 ? null : random.whole(0, 99_999);
      return [index, `u${index}`, `City ${random.whole(1, 200)}`, float(random.next() * 100), index % 3 === 0, visits];
    });
  },
  nodes: () => {
    const { fields, rows } = (workloads["nodes"] as (rows: number) => Workload)(200_000);
    return record(fields, rows.length, (index) => [...(rows[index] as readonly unknown[])]);
  },
};
