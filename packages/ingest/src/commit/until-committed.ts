/** For work that changes nothing when it is done twice. */
import { IncompleteCommit } from "@fulgur/neo4j-driver";

const mostDoubts = 10;

/** Runs a transaction again when its COMMIT was lost. */
export async function untilCommitted<T>(transact: () => Promise<T>): Promise<T> {
  for (let doubts = 0; ; doubts++) {
    try {
      return await transact();
    } catch (error) {
      if (!(error instanceof IncompleteCommit) || doubts >= mostDoubts) throw error;
    }
  }
}
