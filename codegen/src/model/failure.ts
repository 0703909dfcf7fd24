/** The spec can't be read; the message names the place in it and what to do. */
export class SpecError extends Error {
  override readonly name = "SpecError";

  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`);
    // It is for the spec's author, whom this program's stack doesn't help.
    this.stack = this.message;
  }
}
