import { cpus, loadavg } from "node:os";

/** What a result was measured on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** The load averages over 1, 5 and 15 minutes at the start. */
  readonly load: number[];
  readonly rounds: number;
}

export function machine(rounds: number): Machine {
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    rounds,
  };
}
