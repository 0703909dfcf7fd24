/** What rows become: nodes, or relationships between nodes. */

/**
 * Which properties are written, and from which field of the row each: a list of names, where property and field are called the same,
 * or fields by the names of the properties, `{ born: "year_of_birth" }`.
 */
export type PropertyMapping = readonly string[] | { readonly [property: string]: string };

/** Each row becomes a node. */
export interface NodeTarget {
  readonly labels: string | readonly string[];
  /**
   * The properties that tell which node a row is: with them the node is merged, so that writing twice changes nothing. The first label
   * needs a constraint on them to be fast; see {@link IngestOptions.constraints}. Absent: each row creates a node.
   */
  readonly key?: string | readonly string[] | undefined;
  /** Default: the row's fields, all of them, under their own names. The key's properties are always written. */
  readonly properties?: PropertyMapping | undefined;
  /**
   * `"merge"` writes into the node with the row's key, if there is one; `"create"` always creates, and leaves it to a constraint to refuse
   * a second one. Default: `"merge"` with a key, `"create"` without.
   */
  readonly mode?: "merge" | "create" | undefined;
}

/** One end of a relationship: the node with this label whose key's properties are what the row's fields say. */
export interface RelationshipEnd {
  readonly label: string;
  /** One property, or several. */
  readonly key: string | readonly string[];
  /** The row's fields, one for each property of the key. Default: "from" or "to"; with a key of several properties their names. */
  readonly field?: string | readonly string[] | undefined;
}

/** Each row becomes a relationship between two nodes. */
export interface RelationshipTarget {
  readonly type: string;
  readonly from: RelationshipEnd;
  readonly to: RelationshipEnd;
  /** The properties that, with both ends, tell which relationship a row is: it is merged by them. Absent: it is created. */
  readonly key?: string | readonly string[] | undefined;
  /** Default: the row's fields except those of the ends, under their own names. The key's properties are always written. */
  readonly properties?: PropertyMapping | undefined;
  /**
   * `"merge"` writes into the relationship between the ends that has the key, or, without a key, any of the type. Default: `"merge"` with
   * a key, `"create"` without.
   */
  readonly mode?: "merge" | "create" | undefined;
  /**
   * What becomes of a row one of whose ends doesn't exist: `"reject"` it, `"skip"` it and count it as `unmatched`, or `"create"` the end,
   * as a node with nothing but its key. Default `"reject"`.
   */
  readonly missingEnds?: "reject" | "skip" | "create" | undefined;
}
