/** Ctrl-C: once asks to finish what is begun, twice ends at once. */
import { CommandFailure, exitCodes } from "./failure.ts";

/** Why a job stopped before its end: somebody wanted it. */
export class Interrupted extends CommandFailure {
  override readonly name = "Interrupted";

  constructor(signal: "SIGINT" | "SIGTERM") {
    super("Interrupted.", signal === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated);
  }
}

export class Interrupts implements Disposable {
  readonly #controller = new AbortController();
  readonly #listen: (signal: "SIGINT" | "SIGTERM") => void;

  /** @param onFirst is told once, at the first signal */
  constructor(onFirst: () => void) {
    this.#listen = (signal) => {
      const reason = new Interrupted(signal);
      if (this.#controller.signal.aborted) process.exit(reason.exitCode);
      onFirst();
      this.#controller.abort(reason);
    };
    process.on("SIGINT", this.#listen).on("SIGTERM", this.#listen);
  }

  /** Aborted by the first signal, with an {@link Interrupted} as its reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    process.off("SIGINT", this.#listen).off("SIGTERM", this.#listen);
  }
}
