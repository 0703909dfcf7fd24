/** A scripted server that answers every query with the same records, and a session with it. */
import type { Session } from "@fulgur/neo4j-driver";
import { answering } from "@fulgur/neo4j-testing";
import { play } from "./play.ts";

export function withRecords<T>(
  fields: readonly string[],
  records: readonly (readonly unknown[])[],
  use: (session: Session) => Promise<T>,
  { engine = "wasm", fetchSize = 1000 }: { engine?: "wasm" | "plain"; fetchSize?: number } = {},
): Promise<T> {
  return play(
    answering(() => ({ fields, records })),
    async (db) => {
      await using session = db.session({ fetchSize });
      return await use(session);
    },
    { config: { engine } },
  );
}
