// What a pass reports to JavaScript, as 32-bit words at STATUS.
import { STATUS } from "./layout";

/** Where the bytes begin that were not consumed. */
export const CONSUMED: usize = STATUS;
export const ROWS_READ: usize = STATUS + 4;
export const REASON: usize = STATUS + 8;
export const NOOPS: usize = STATUS + 12;
/** Units in the UTF-16 area. */
export const WIDE_UNITS: usize = STATUS + 16;
/** Cells that were left encoded though the plan predicted something better. */
export const UNPREDICTED: usize = STATUS + 20;
/** Entries of the dictionary. */
export const SPANS: usize = STATUS + 24;
/** Strings whose places are listed. */
export const STRINGS_READ: usize = STATUS + 28;
/** Rows that the fast program didn't read: they aren't as it predicts. */
export const SLOW_ROWS: usize = STATUS + 32;

// Reasons.
/** The rest of the region is not a whole message. */
export const INCOMPLETE: u32 = 0;
/** As many rows as there is room for. */
export const FULL: u32 = 1;
/** A message that isn't a record of this shape, or malformed. */
export const HANDED_BACK: u32 = 2;
