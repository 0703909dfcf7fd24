/** What clients and scripted servers say, as types. */
import type { bolt } from "@fulgur/neo4j-codec";

/** Under the names of the wire. */
export type Metadata = Readonly<Record<string, unknown>>;

/** The request of a type, such as `RequestOf<"RUN">`, in the form that the codec's API gives it. */
export type RequestOf<Type extends bolt.Request["type"]> = Extract<bolt.Request, { type: Type }>;

/** A result for {@link ScriptedPeer.result} and for canned answers. */
export interface ScriptedResult {
  /** The columns. Default: none. */
  readonly fields?: readonly string[];
  /** The rows, each with a value for each column. Default: none. */
  readonly records?: readonly (readonly unknown[])[];
  /** What the last SUCCESS says, under the names of the wire. Default: nothing. */
  readonly summary?: Metadata;
}
