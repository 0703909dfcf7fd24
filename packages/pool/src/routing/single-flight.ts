/** One answer for all who ask the same at the same time; what finds it out is stopped when the last of them has gone. */
import { unlessAborted } from "@fulgur/neo4j-core";

interface Flight<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /**
   * @param start begins to find the answer out, for the first who asks
   * @param signal makes this caller give up, without the others; its reason is what the last of them stops the work with
   */
  async join(key: string, start: (stop: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#start(key, start);
    flight.waiting++;
    try {
      return await unlessAborted(flight.answer, signal);
    } finally {
      if (--flight.waiting === 0) {
        flight.stop.abort(signal?.reason);
        this.#ended(key, flight);
      }
    }
  }

  #start(key: string, start: (stop: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const answer = Promise.resolve().then(() => start(stop.signal));
    const flight: Flight<T> = { answer, stop, waiting: 0 };
    const ended = () => this.#ended(key, flight);
    answer.then(ended, ended);
    this.#flights.set(key, flight);
    return flight;
  }

  #ended(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
