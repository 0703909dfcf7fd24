/** What the plugin can be asked to write. */
export const products = ["types", "codec", "core", "docs", "all"] as const;
export type Product = (typeof products)[number];

/** A file to be written: its path and its text, without the last line break. */
export interface Output {
  readonly path: string;
  readonly text: string;
}
