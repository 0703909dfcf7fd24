// Where everything lies in the module's one memory. It never grows, so no view of it is ever detached; JavaScript reads
// these addresses from src/gen/areas.ts, which scripts/asbuild.ts makes of this file.

/** What a pass reports: see status.ts. */
export const STATUS: usize = 0x10000;
/** One byte a column: some cell of it is not of the predicted kind. */
export const DIRTY: usize = 0x10400;
export const MAX_COLUMNS: u32 = 1024;
/** Where the reader of alternatives comes back to: 32 bytes a level. */
export const ALTERNATIVES: usize = 0x10800;
export const MAX_ALTERNATIVE_DEPTH: u32 = 32;
/** The marker table in use: 2 bytes a marker, its class and its payload (classes.ts). */
export const MARKERS: usize = 0x10c00;
/** The shape program. */
export const PROGRAM: usize = 0x11000;
export const PROGRAM_BYTES: u32 = 0x8000;
/** Tables of alternatives; when encoding, the encoded keys. */
export const LITERALS: usize = 0x19000;
export const LITERALS_BYTES: u32 = 0x10000;
/** The dictionary of short encoded values: 16 bytes an entry, and their bytes. */
export const SPAN_TABLE: usize = 0x29000;
export const SPAN_ENTRIES: u32 = 4096;
export const SPAN_BYTES: usize = 0x39000;
export const SPAN_BYTES_SIZE: u32 = 0x20000;
/** Start and end of each row's message. */
export const ROWS: usize = 0x59000;
export const MAX_ROWS: u32 = 8191;
/** The bytes of the region being read. */
export const INPUT: usize = 0x69000;
export const INPUT_BYTES: u32 = 0x20000;
/** UTF-16 of the strings that aren't ASCII. A byte of UTF-8 makes at most one unit. */
export const WIDE: usize = 0x8a000;
/** The items of lists of floats. */
export const VECTORS: usize = 0xca000;
export const MAX_VECTOR_ITEMS: u32 = 0x4000;
/** One byte a cell, and 8 bytes a cell, column after column. */
export const TAGS: usize = 0xea000;
export const MAX_CELLS: u32 = 0x80000;
export const SLOTS: usize = 0x16a000;
/** What the encoder writes, and the UTF-8 of the strings that it reads. */
export const OUTPUT: usize = 0x570000;
export const OUTPUT_BYTES: u32 = 0x200000;
export const TEXT: usize = 0x770000;
export const TEXT_BYTES: u32 = 0x100000;
/** Start and end of each string that was read, 8 bytes each. A string takes at least a byte of the input. */
export const STRINGS: usize = 0x870000;
/** How many strings each bucket has, and the buckets, one after the other: 4 bytes a string. */
export const BUCKET_COUNTS: usize = 0x970000;
export const BUCKETS: usize = 0x971000;
export const BUCKET_COUNT: u32 = 15;
export const BUCKET_BYTES: u32 = 0x80000;
/** The shape program that only reads what it predicts, and its tables of alternatives: as large as the other one's. */
export const FAST_PROGRAM: usize = 0x10f1000;
export const FAST_TABLES: usize = 0x10f9000;
// End: 0x1109000 bytes, 273 pages (asconfig.json). SIMD loads may run 64 bytes past a value's end: every area that they
// read is followed by another one.
