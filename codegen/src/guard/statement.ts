import type { When } from "../model/model.ts";

/**
 * One thing that a spec says: about a structure, a key, a marker, a move … The guard compares what two specs say in the
 * versions that the older one declares.
 */
export interface Statement {
  /** The same in both specs: `Node.element_id`, `RUN in READY`. */
  readonly where: string;
  /** What it is part of; if that is missing, it goes without saying that this is. */
  readonly within?: string;
  /** Exists where every one of these lists of ranges says so. */
  readonly on: readonly (readonly When[])[];
  readonly says: Readonly<Record<string, string>>;
}
