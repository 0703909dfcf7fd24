/** One answer for all who ask the same at the same time; what finds it out is stopped when the last of them has gone. */
interface Flight<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  /** What is under way, in words. */
  doing: () => string;
  waiting: number;
}

export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /**
   * @param start begins to find the answer out, for the first who asks
   * @param wait how this caller waits: it may give up by its own deadline or signal without the others'
   */
  async join(
    key: string,
    start: (stop: AbortSignal, tell: (doing: () => string) => void) => Promise<T>,
    wait: (answer: Promise<T>, doing: () => string) => Promise<T>,
  ): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#start(key, start);
    flight.waiting++;
    let reason: unknown;
    try {
      return await wait(flight.answer, () => flight.doing());
    } catch (error) {
      reason = error;
      throw error;
    } finally {
      if (--flight.waiting === 0) {
        flight.stop.abort(reason);
        this.#ended(key, flight);
      }
    }
  }

  #start(key: string, start: (stop: AbortSignal, tell: (doing: () => string) => void) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const tell = (doing: () => string) => {
      flight.doing = doing;
    };
    const flight: Flight<T> = {
      answer: Promise.resolve().then(() => start(stop.signal, tell)),
      stop,
      doing: () => "",
      waiting: 0,
    };
    flight.answer.then(
      () => this.#ended(key, flight),
      () => this.#ended(key, flight),
    );
    this.#flights.set(key, flight);
    return flight;
  }

  #ended(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
