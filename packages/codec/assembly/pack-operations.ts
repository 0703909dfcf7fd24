// The program of the encoder: 32 bytes a column of the rows to write (src/wasm/pack-program.ts writes it).
// KIND, SLOTS_AT, COUNT and TARGET are where operations.ts has them.

/** A string column's text is ASCII: a unit is a byte. */
export const ASCII: usize = 1;
/** Its tags, or 0: all cells are of the column's kind. */
export const TAGS_AT: usize = 8;
/** Where the next string lies in the text area, and where the column's text ends. */
export const TEXT_AT: usize = 12;
export const TEXT_END: usize = 16;
/** A structure's number, and how many columns of its fields stand behind its own. */
export const STRUCTURE_NUMBER: usize = 2;
export const PARTS: usize = 3;
