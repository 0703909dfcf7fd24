// What a cell holds that isn't of its column's predicted kind.

export const PREDICTED: u8 = 0;
export const NULL: u8 = 1;
/** Start and end of the encoded value in the input. */
export const ENCODED: u8 = 2;
export const INT32: u8 = 3;
export const FLOAT64: u8 = 4;
/** The string's number: see string-list.ts. */
export const STRING: u8 = 5;
export const BOOLEAN: u8 = 6;
export const INT64: u8 = 7;
