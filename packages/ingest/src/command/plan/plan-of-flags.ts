/** A plan of one step, made of flags. */

import type { PropertyType } from "../../mapping/property-type.ts";
import { propertyTypes } from "../../mapping/property-type.ts";
import type { PropertyMapping, RelationshipEnd } from "../../options/targets.ts";
import type { FlagValues } from "../arguments/flag.ts";
import { UsageError } from "../failure.ts";
import { checkStep } from "./check-step.ts";
import { type Plan, type Step, sourceFormats } from "./plan.ts";

/** What a plan's step says, as flags. */
export const stepFlags = {
  nodes: { type: "text", value: "label", repeated: true, help: "each row becomes a node with this label" },
  relationships: { type: "text", value: "type", help: "each row becomes a relationship of this type" },
  query: { type: "text", value: "cypher", help: "each row, as row, or each batch, as $rows, goes into this Cypher" },
  key: { type: "text", value: "names", help: "the properties by which nodes or relationships are merged: id or a,b" },
  from: { type: "text", value: "end", help: "where relationships begin: Label.property=field" },
  to: { type: "text", value: "end", help: "where they end: Label.property=field" },
  "missing-ends": {
    type: "text",
    choices: ["reject", "skip", "create"],
    help: "what becomes of a row whose end isn't there; default reject",
  },
  properties: {
    type: "text",
    value: "names",
    help: "the properties that are written: a,b or a=field,b=field; default all",
  },
  type: { type: "text", value: "field=type", short: "t", repeated: true, help: "a field's type, such as born=date" },
  format: { type: "text", choices: sourceFormats, help: "how the files are written; default by their names" },
  columns: { type: "text", value: "names", help: "the columns to read: a,b; default all" },
  "row-number": { type: "text", value: "field", help: "add each row's number in its file as this field" },
  delimiter: { type: "text", value: "character", help: "between the fields of CSV" },
  "batch-size": { type: "number", help: "rows a transaction; default: found by the server's answer times" },
  concurrency: { type: "number", help: "batches at the server at once" },
  constraints: {
    type: "text",
    choices: ["check", "create", "ignore"],
    help: "what is done about the constraint that a key needs; default check, which warns",
  },
  "max-rejected": { type: "number", help: "how many rows may be rejected before the job stops" },
  rejected: { type: "text", value: "folder", help: "where rejected rows are written" },
  checkpoint: { type: "text", value: "folder", help: "keep here how far the job is, so that --resume can go on" },
} as const;

export type StepFlags = FlagValues<typeof stepFlags>;

/** @throws UsageError for flags that can't be read, or that say too little */
export function planOfFlags(files: readonly string[], flags: StepFlags): Plan {
  const { nodes, relationships, query, properties, key } = flags;
  const given = [nodes && "--nodes", relationships && "--relationships", query && "--query"].filter((flag) => flag);
  if (given.length === 0) {
    throw new UsageError(
      "Nothing says what the rows become: give --nodes, --relationships or --query, or a plan (.yaml).",
    );
  }
  if (given.length > 1) throw new UsageError(`Only one of ${given.join(" and ")} can say what the rows become.`);
  for (const flag of ["from", "to"] as const) {
    if (relationships !== undefined && flags[flag] === undefined) {
      throw new UsageError(`--relationships needs --${flag}, such as --${flag} Person.id=field.`);
    }
    if (relationships === undefined && flags[flag] !== undefined) {
      throw new UsageError(`--${flag} is an end of --relationships.`);
    }
  }
  const mapped = properties === undefined ? undefined : mapping(properties);
  const keys = key === undefined ? undefined : names(key);
  const step: Step = {
    name: nodes?.join(" ") ?? relationships ?? "query",
    source: {
      files,
      format: flags.format,
      columns: flags.columns === undefined ? undefined : names(flags.columns),
      rowNumber: flags["row-number"],
      delimiter: flags.delimiter,
    },
    nodes: nodes && { labels: nodes, key: keys, properties: mapped },
    relationships:
      relationships === undefined
        ? undefined
        : {
            type: relationships,
            from: end("from", flags.from!),
            to: end("to", flags.to!),
            key: keys,
            properties: mapped,
            missingEnds: flags["missing-ends"],
          },
    query,
    types: flags.type && typesOf(flags.type),
    batchSize: flags["batch-size"],
    concurrency: flags.concurrency,
    constraints: flags.constraints,
    maxRejected: flags["max-rejected"],
  };
  checkStep(step);
  return {
    name: files.join(" "),
    folder: ".",
    checkpoint: flags.checkpoint,
    rejected: flags.rejected,
    steps: [step],
  };
}

function names(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

/** `a,b` or `a=field,b=other` */
function mapping(text: string): PropertyMapping {
  const all = names(text);
  if (!all.some((name) => name.includes("="))) return all;
  return Object.fromEntries(
    all.map((pair) => {
      const [property = "", field = property] = pair.split("=", 2);
      return [property, field];
    }),
  );
}

/** `Person.id=field` */
function end(flag: string, text: string): RelationshipEnd {
  const [, label, key, field] = /^([^.]+)\.([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  if (label === undefined || key === undefined) {
    throw new UsageError(
      `--${flag} is Label.property or Label.property=field, such as Person.id=${flag}; not ${JSON.stringify(text)}.`,
    );
  }
  return { label, key: names(key), field: field === undefined ? undefined : names(field) };
}

function typesOf(given: readonly string[]): { [field: string]: PropertyType } {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf("=");
      const type = text.slice(at + 1);
      if (at < 1 || !propertyTypes.includes(type.replace(/\[\]$/, "") as (typeof propertyTypes)[number])) {
        throw new UsageError(
          `--type is field=type, and the types are ${propertyTypes.join(", ")}, or a list of one, such as integer[]; not ${JSON.stringify(text)}.`,
        );
      }
      return [text.slice(0, at), type as PropertyType];
    }),
  );
}
