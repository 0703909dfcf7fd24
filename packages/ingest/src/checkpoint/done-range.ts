/** What of a source is done beyond the place up to which all is. */

/** Rows from one number to another: those of one cell, or all that their reader or a conversion has refused. */
export interface DoneRange {
  /** Absent for rows that come from no file. */
  readonly file: string | undefined;
  readonly first: number;
  readonly last: number;
  /** How cells were made, see {@link cellsOf}. `"refused"`: it is about the rows that were no rows. */
  readonly scheme: string;
  readonly cell: number;
}

/** The scheme of ranges whose refused rows were seen to. */
export const refusedScheme = "refused";

/** The key of a batch in the ledger, and a range's form in a checkpoint: `["flights.csv",1,5000,"",0]`. */
export function keyOf({ file, first, last, scheme, cell }: DoneRange): string {
  return JSON.stringify([file ?? null, first, last, scheme, cell]);
}

/** @throws SyntaxError for what {@link keyOf} doesn't give */
export function rangeOf(key: string): DoneRange {
  const [file, first, last, scheme, cell] = JSON.parse(key);
  const numbers = [first, last, cell].every((number) => Number.isSafeInteger(number));
  if (!numbers || typeof scheme !== "string" || (file !== null && typeof file !== "string")) {
    throw new SyntaxError("That is no range of rows.");
  }
  return { file: file ?? undefined, first, last, scheme, cell };
}
