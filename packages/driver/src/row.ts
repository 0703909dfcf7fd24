/** A record's columns and their types when nobody has said what they are. */
// biome-ignore lint/suspicious/noExplicitAny: without a row type a column may be used as whatever the caller knows it to be
export type AnyRow = { [column: string]: any };
