/** Whether every server that the driver is connected to passes on requests that should have gone to another one (Bolt 5.8). */
import type { Connection } from "@fulgur/neo4j-core";

export class ServerSideRouting {
  #with = 0;
  #without = 0;

  /** At least one connection, and none to a server that doesn't. */
  get isEverywhere(): boolean {
    return this.#with > 0 && this.#without === 0;
  }

  /** A connection was opened; call what it gives when it has ended. */
  opened({ hints }: Pick<Connection, "hints">): () => void {
    if (hints.ssrEnabled) this.#with++;
    else this.#without++;
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      if (hints.ssrEnabled) this.#with--;
      else this.#without--;
    };
  }
}
