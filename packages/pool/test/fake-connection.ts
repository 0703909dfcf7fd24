import type { OpenOptions, Poolable } from "../src/index.ts";

/** What the pool sees of a connection, driven by hand. */
export class FakeConnection implements Poolable {
  readonly address: string;
  readonly options: OpenOptions;
  isOpen = true;
  busy = false;
  resets = 0;
  /** What the next reset does. */
  resetFails = false;
  farewell: "goodbye" | "destroyed" | undefined;

  constructor(address: string, options: OpenOptions) {
    this.address = address;
    this.options = options;
  }

  get isIdle(): boolean {
    return this.isOpen && !this.busy;
  }

  async reset(): Promise<void> {
    this.resets++;
    if (this.resetFails) {
      this.die();
      throw new Error("the connection is lost");
    }
    this.busy = false;
  }

  async close(): Promise<void> {
    this.farewell ??= "goodbye";
    this.die();
  }

  destroy(): void {
    this.farewell ??= "destroyed";
    this.die();
  }

  /** Ends, as a server's closing the socket would do. */
  die(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.options.onClose();
  }
}
