/** The numbers of assembly/operations.ts and assembly/tags.ts. A test compares them with the module's sources. */

export const operationSize = 32;

// Kinds of operations.
export const END = 0;
export const NOTHING = 1;
export const INT32 = 2;
export const WIDE_INTEGER = 3;
export const INT64 = 4;
export const FLOAT64 = 5;
export const STRING = 6;
export const BOOLEAN = 7;
export const ANY = 8;
export const SPAN_STRING = 9;
export const SPAN_STRINGS = 10;
export const FLOATS = 11;
export const STRUCTURE = 12;
export const ALTERNATIVES = 13;
export const CHOSEN = 14;
export const STRINGS = 15;

// What a field of a structure may hold.
export const ANYTHING = 0;
export const ONLY_INTEGER = 1;
export const ONLY_FLOAT = 2;
export const ONLY_STRING = 3;
export const ONLY_BOOLEAN = 4;
export const ONLY_MAP = 5;
export const ONLY_LIST_OF_STRINGS = 6;

// Tags of cells.
export const TAG_PREDICTED = 0;
export const TAG_NULL = 1;
export const TAG_ENCODED = 2;
export const TAG_INT32 = 3;
export const TAG_FLOAT64 = 4;
export const TAG_STRING = 5;
export const TAG_BOOLEAN = 6;
export const TAG_INT64 = 7;
