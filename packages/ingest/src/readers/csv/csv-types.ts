/** What the text of a field means. */
import {
  ConfigurationError,
  DateTime,
  Date as Day,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Time,
} from "@fulgur/neo4j-driver";
import { exactInteger, fitsInteger } from "@fulgur/neo4j-types";
import type { PropertyType } from "../../mapping/property-type.ts";
import { plainDate, plainDateTime, plainLocalDateTime } from "./iso-fields.ts";

/**
 * The type of a column of text: one of {@link PropertyType} without `point` and `vector`, a list of it, or a function of the field's text.
 * What the function throws makes the row a rejected one.
 */
export type FieldType = Exclude<PropertyType, `point${string}` | `vector${string}`> | ((text: string) => unknown);

/** The value of a field's text. @throws Misfit, or what a function of the user's throws */
export type ReadField = (text: string) => unknown;

/** Thrown for a text that has no value of the type: no Error, because there may be many. */
export class Misfit {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

export interface FieldForms {
  /** Texts that stand for null. */
  readonly nulls: readonly string[];
  /** Between the items of a list. */
  readonly listDelimiter: string;
}

const scalars: Readonly<Record<string, ReadField>> = {
  string: (text) => text,
  integer: readInteger,
  float: readFloat,
  boolean: readBoolean,
  date: iso("date", Day.parse, plainDate),
  datetime: iso("date and time with an offset or zone", DateTime.parse, plainDateTime),
  localdatetime: iso("date and time without an offset", LocalDateTime.parse, plainLocalDateTime),
  time: iso("time with an offset", Time.parse),
  localtime: iso("time without an offset", LocalTime.parse),
  duration: iso("duration", Duration.parse),
};

/** @throws ConfigurationError naming the column whose type there isn't */
export function fieldReader(column: string, type: FieldType, { nulls, listDelimiter }: FieldForms): ReadField {
  const read = typeof type === "function" ? type : valueReader(column, type, listDelimiter);
  if (nulls.length === 0) return read;
  if (nulls.length === 1) {
    const [nothing] = nulls;
    return (text) => (text === nothing ? null : read(text));
  }
  const nothings = new Set(nulls);
  return (text) => (nothings.has(text) ? null : read(text));
}

function valueReader(column: string, type: string, listDelimiter: string): ReadField {
  const isList = typeof type === "string" && type.endsWith("[]");
  const name = isList ? type.slice(0, -2) : type;
  const read = typeof name === "string" && Object.hasOwn(scalars, name) ? scalars[name] : undefined;
  if (read === undefined) {
    const known = Object.keys(scalars).join(", ");
    const message = `The option \`types\` can't be used: the column ${JSON.stringify(column)} can't have the type ${JSON.stringify(type)}. The types are ${known}, lists of them as in string[], and functions of the text.`;
    throw new ConfigurationError(message, { option: "types" });
  }
  return isList ? (text) => (text === "" ? [] : text.split(listDelimiter).map(read)) : read;
}

const wholeNumber = new Misfit("no whole number");

function readInteger(text: string): unknown {
  // Up to 15 digits, which a number holds exactly, digit by digit: several times faster than a pattern.
  const { length } = text;
  const isNegative = text.charCodeAt(0) === 45;
  let at = isNegative ? 1 : 0;
  if (length > at && length <= 15) {
    let value = 0;
    for (; at < length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === length) return isNegative ? -value + 0 : value;
  }
  const trimmed = text.trim();
  if (!/^[+-]?\d{1,40}$/.test(trimmed)) throw wholeNumber;
  const value = BigInt(trimmed.replace("+", ""));
  if (!fitsInteger(value)) throw new Misfit("a whole number of more than 64 bits");
  return exactInteger(value);
}

const decimalNumber = new Misfit("no number");
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  "-infinity": Number.NEGATIVE_INFINITY,
};

function readFloat(text: string): unknown {
  const trimmed = text.trim();
  if (decimal.test(trimmed)) return float(Number(trimmed));
  const word = words[trimmed.toLowerCase()];
  if (word === undefined) throw decimalNumber;
  return float(word);
}

const truth = new Misfit("neither true nor false");

function readBoolean(text: string): unknown {
  switch (text.trim().toLowerCase()) {
    case "true":
      return true;
    case "false":
      return false;
    default:
      throw truth;
  }
}

/**
 * Between day and time a space is as good as the T of ISO 8601.
 *
 * @param plain the value of a text in its usual form, `undefined` for all others
 */
function iso(what: string, parse: (text: string) => unknown, plain: (text: string) => unknown = () => undefined) {
  const misfit = new Misfit(`no ${what}`);
  const spaced = /^(\S{8,17}) (?=\d)/;
  return (text: string): unknown => {
    try {
      return plain(text) ?? parse(text.trim().replace(spaced, "$1T"));
    } catch {
      throw misfit;
    }
  };
}
