/** A label whose nodes are looked up by some properties. */
export interface KeyedLabel {
  readonly label: string;
  readonly properties: readonly string[];
}

/** A type whose relationships are looked up, between two nodes, by some properties. */
export interface KeyedType {
  readonly type: string;
  readonly properties: readonly string[];
}

export type Keyed = KeyedLabel | KeyedType;
