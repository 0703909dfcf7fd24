/** Which keys a plan has and what they may be. */
import { type PropertyType, propertyTypes } from "../../mapping/property-type.ts";
import {
  anyText,
  byKind,
  type Check,
  list,
  mapOf,
  object,
  oneOf,
  oneOrMore,
  text,
  wholeNumber,
  yesOrNo,
} from "./checks.ts";
import { sourceFormats } from "./plan.ts";

const names = oneOrMore(text);

/** `integer`, or `integer[]` */
const propertyType: Check<PropertyType> = (place) => {
  const isList = typeof place.scalar === "string" && place.scalar.endsWith("[]");
  const choices = isList ? propertyTypes.map((type) => `${type}[]`) : propertyTypes;
  return oneOf(...choices)(place) as PropertyType | undefined;
};

const properties = byKind<readonly string[], { readonly [property: string]: string }, never>({
  list: list(text),
  map: mapOf(text),
  scalar: (place) => place.refuse(`it must be a list of names, or a map of fields by property, and is ${place.kind}`),
});

const nodes = object({ labels: names, key: names, properties, mode: oneOf("merge", "create") }, ["labels"], {
  label: "there is no such key; did you mean labels?",
});

const end = object({ label: text, key: names, field: names }, ["label", "key"]);

const relationships = object(
  {
    type: text,
    from: end,
    to: end,
    key: names,
    properties,
    mode: oneOf("merge", "create"),
    missingEnds: oneOf("reject", "skip", "create"),
  },
  ["type", "from", "to"],
);

const batchLimits = object({
  targetTime: wholeNumber(1),
  minRows: wholeNumber(1),
  maxRows: wholeNumber(1),
  maxBytes: wholeNumber(1),
});

const source = object(
  {
    files: names,
    format: oneOf(...sourceFormats),
    columns: list(text),
    rowNumber: text,
    limit: wholeNumber(1),
    decimals: oneOf("float", "string"),
    longestRow: wholeNumber(1),
    delimiter: text,
    quote: text,
    header: yesOrNo,
    names: list(text),
    infer: yesOrNo,
    inferFrom: wholeNumber(1),
    nulls: list(anyText),
    listDelimiter: text,
    encoding: text,
  },
  ["files"],
);

const files = (place: Parameters<typeof names>[0]) => {
  const given = names(place);
  return given === undefined ? undefined : { files: given };
};

const shapedStep = object(
  {
    name: text,
    source: byKind({ list: files, map: source, scalar: files }),
    nodes,
    relationships,
    query: text,
    types: mapOf(propertyType),
    batchSize: byKind({ list: wholeNumber(1), map: batchLimits, scalar: wholeNumber(1) }),
    concurrency: wholeNumber(1),
    partitionBy: names,
    ledger: yesOrNo,
    rejected: text,
    maxRejected: wholeNumber(0),
    constraints: oneOf("check", "create", "ignore"),
    maxTransactionRetryTime: wholeNumber(0),
  },
  ["source"],
);

const targets = ["nodes", "relationships", "query"];

const step: typeof shapedStep = (place) => {
  const keys = place.entries?.map(({ key }) => key);
  const given = keys?.filter((key) => targets.includes(key)) ?? [];
  if (keys !== undefined && given.length === 0) {
    place.refuse("one of nodes, relationships and query must say what is written");
  }
  if (given.length > 1) place.refuse(`only one of ${given.join(" and ")} can say what is written`);
  const isQuery = given.includes("query");
  if (!isQuery)
    place.entries
      ?.find(({ key }) => key === "partitionBy")
      ?.at.refuse("only a query needs it: nodes and relationships know their keys");
  return shapedStep(place);
};

const noPassword =
  "a plan holds no password, since it is shared: put it into a connection file, --password-file or NEO4J_PASSWORD";
const elsewhere = "a plan doesn't say this: give it by a flag, NEO4J_URI and so on, or a connection file";

export const planShape = object(
  {
    connection: text,
    database: text,
    checkpoint: byKind<never, never, string | boolean>({
      list: text as Check<never>,
      map: text as Check<never>,
      scalar: (place) => (typeof place.scalar === "boolean" ? yesOrNo(place) : text(place)),
    }),
    rejected: text,
    steps: list(step),
  },
  ["steps"],
  { password: noPassword, uri: elsewhere, username: elsewhere, user: elsewhere },
);
