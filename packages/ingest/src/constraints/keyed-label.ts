/** A label whose nodes are looked up by some properties. */
export interface KeyedLabel {
  readonly label: string;
  readonly properties: readonly string[];
}
