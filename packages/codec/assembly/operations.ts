// The shape program: 32 bytes an operation. JavaScript writes it (src/wasm/program.ts), row.ts runs it once a row.

export const SIZE: usize = 32;

// Offsets in an operation.
export const KIND: usize = 0;
/** What a field of a structure may hold: nothing but this. */
export const STRICT: usize = 1;
/** The alternative that the row before took. */
export const HINT: usize = 2;
/** The fixed bytes before the value: up to 8 of them, compared by a mask. */
export const LITERAL_LENGTH: usize = 3;
export const SLOTS_AT: usize = 4;
export const LITERAL: usize = 8;
export const MASK: usize = 16;
export const COLUMN: usize = 24;
/** Number of alternatives, size of a structure, or length of a key to write. */
export const COUNT: usize = 26;
/** Address of the table of alternatives or of a key to write; where a chosen one goes on; a structure's wide or dictionary fields (bits). */
export const TARGET: usize = 28;

// Kinds.
export const END: u8 = 0;
/** Only the literal: one above 8 bytes takes several operations. */
export const NOTHING: u8 = 1;
export const INT32: u8 = 2;
/** Integers as doubles: exact while they are safe. */
export const WIDE_INTEGER: u8 = 3;
export const INT64: u8 = 4;
export const FLOAT64: u8 = 5;
export const STRING: u8 = 6;
export const BOOLEAN: u8 = 7;
/** Any value: validated, left encoded. */
export const ANY: u8 = 8;
/** A string, or a list of strings, from the dictionary. */
export const SPAN_STRING: u8 = 9;
export const SPAN_STRINGS: u8 = 10;
/** A list of floats. */
export const FLOATS: u8 = 11;
/** A structure of integers, floats and strings: a generated reader. Its number is in HINT. */
export const STRUCTURE: u8 = 12;
/** One of several shapes. */
export const ALTERNATIVES: u8 = 13;
/** The end of one of them. Its number is in HINT. */
export const CHOSEN: u8 = 14;
/** A list of strings that rarely repeat. */
export const STRINGS: u8 = 15;

// STRICT.
export const ANYTHING: u8 = 0;
export const ONLY_INTEGER: u8 = 1;
export const ONLY_FLOAT: u8 = 2;
export const ONLY_STRING: u8 = 3;
export const ONLY_BOOLEAN: u8 = 4;
export const ONLY_MAP: u8 = 5;
export const ONLY_LIST_OF_STRINGS: u8 = 6;
