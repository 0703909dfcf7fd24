import type { bolt, Codec } from "@fulgur/neo4j-codec";

/** Encodes requests. What is likely to be asked in the same words again is kept, in copies: the codec may write over what was sent. */
export class RequestEncoder {
  readonly #codec: Codec;
  /** Requests without fields, by their names. */
  readonly #bare = new Map<string, Uint8Array>();
  /** PULL of the latest result, by how many records. */
  readonly #pulls = new Map<number | bigint, Uint8Array>();
  /** The last query without parameters in a transaction. */
  #query: string | undefined;
  #run: Uint8Array | undefined;

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  /** @throws what encoding throws (ParameterError ...) */
  encode(request: bolt.Request): Uint8Array {
    switch (request.type) {
      case "COMMIT":
      case "ROLLBACK":
      case "RESET":
        return this.#kept(this.#bare, request.type, request);
      case "PULL": {
        const { n, qid } = request.extra;
        return qid === undefined ? this.#kept(this.#pulls, n, request) : this.#codec.encodeMessage(request);
      }
      case "RUN":
        return isEmpty(request.parameters) && isEmpty(request.extra)
          ? this.#runOf(request)
          : this.#codec.encodeMessage(request);
      default:
        return this.#codec.encodeMessage(request);
    }
  }

  #kept<Key>(known: Map<Key, Uint8Array>, key: Key, request: bolt.Request): Uint8Array {
    let bytes = known.get(key);
    if (bytes === undefined) {
      bytes = this.#codec.encodeMessage(request).slice();
      if (known.size < mostKept) known.set(key, bytes);
    }
    return bytes;
  }

  #runOf(request: bolt.Request & { readonly type: "RUN" }): Uint8Array {
    const { query } = request;
    if (this.#run !== undefined && query === this.#query) return this.#run;
    const bytes = this.#codec.encodeMessage(request);
    if (query.length > longestKept) return bytes;
    this.#query = query;
    this.#run = bytes.slice();
    return this.#run;
  }
}

/** Users choose few fetch sizes. */
const mostKept = 8;
/** Longer queries are few, and their bytes many. */
const longestKept = 4096;

/** Only a plain object shows by its keys that there is nothing in it. */
function isEmpty(map: object | undefined): boolean {
  if (map === undefined || map === null) return false;
  for (const _ in map) return false;
  return Object.getPrototypeOf(map) === Object.prototype;
}
