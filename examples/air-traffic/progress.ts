/** One line that redraws itself on a terminal, and is printed once, at the end, elsewhere. */
export class ProgressBar {
  readonly #label: string;
  readonly #total: number;
  readonly #start = performance.now();
  readonly #isTerminal = process.stdout.isTTY === true;

  constructor(label: string, total: number) {
    this.#label = label;
    this.#total = total;
  }

  update(done: number): void {
    if (this.#isTerminal) process.stdout.write(`\r${this.#line(done)}`);
  }

  finish(): void {
    process.stdout.write(`${this.#isTerminal ? "\r" : ""}${this.#line(this.#total)}\n`);
  }

  #line(done: number): string {
    const share = this.#total === 0 ? 1 : done / this.#total;
    const filled = Math.round(share * 30);
    const seconds = Math.max((performance.now() - this.#start) / 1000, 0.001);
    const rate = Math.round(done / seconds).toLocaleString("en");
    return `  ${this.#label.padEnd(9)} ${"█".repeat(filled)}${"░".repeat(30 - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${done.toLocaleString("en")} rows, ${rate} rows/s `;
  }
}
