// What a pass reports, in 32-bit words at STATUS: the numbers of assembly/status.ts.

export const CONSUMED = 0;
export const ROWS_READ = 1;
export const REASON = 2;
export const NOOPS = 3;
export const WIDE_UNITS = 4;
export const UNPREDICTED = 5;
export const SPANS = 6;
export const STRINGS_READ = 7;
export const SLOW_ROWS = 8;

/** The reason for which a pass ends when no whole message is left. */
export const INCOMPLETE = 0;
