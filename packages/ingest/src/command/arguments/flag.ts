/** What a command takes, declared once: for parsing, for checks and for its help. */

export interface Flag {
  /** `switch` takes no value; `number` takes a whole number from 0. */
  readonly type: "text" | "number" | "switch";
  readonly help: string;
  /** What its value is called in the help. */
  readonly value?: string;
  readonly short?: string;
  /** It may be given several times; its values are a list. */
  readonly repeated?: true;
  /** The values that it may have. */
  readonly choices?: readonly string[];
}

export type Flags = { readonly [name: string]: Flag };

type Single<F extends Flag> = F["type"] extends "switch"
  ? boolean
  : F["type"] extends "number"
    ? number
    : F["choices"] extends readonly (infer Choice)[]
      ? Choice
      : string;

/** What is given of them. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]?:
    | (F[Name]["repeated"] extends true ? readonly Single<F[Name]>[] : Single<F[Name]>)
    | undefined;
};

/** A command as its help shows it. */
export interface CommandText<F extends Flags = Flags> {
  /** Its word, such as `query`. */
  readonly name: string;
  readonly summary: string;
  /** What stands behind its name, such as `<cypher> [flags]`. */
  readonly usage: string;
  readonly details?: string;
  readonly flags: F;
  readonly examples: readonly string[];
}
