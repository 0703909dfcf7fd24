/** Columns of structures, whose fields Arrow takes as they came over the wire. */
import type { Column, NumberColumn, StructureColumn } from "@fulgur/neo4j-codec";
import { type Form, formOf } from "./arrow-form.ts";
import { zoneOfOffset } from "./arrow-temporal.ts";
import { textOf } from "./arrow-text.ts";

/** `undefined`: the form is to be found by the values. */
export function formOfStructures(column: StructureColumn): Form | undefined {
  const { length, validity, fields, name } = column;
  const cells = { length, validity };
  const texts = () => column.toArray().map((value) => (value === null ? null : String(value)));
  switch (name) {
    case "Node":
      return entities(column, { elementId: "elementId", labels: "labels", properties: "properties" });
    case "Relationship":
      return entities(column, {
        elementId: "elementId",
        startNodeElementId: "startElementId",
        endNodeElementId: "endElementId",
        type: "type",
        properties: "properties",
      });
    case "Date": {
      const { days } = fields;
      return days?.type === "int32" ? { form: "days", ...cells, days: days.values as Int32Array, texts } : undefined;
    }
    case "LocalTime": {
      const { nanoseconds } = fields;
      return isNumber(nanoseconds) ? { form: "clock", ...cells, nanoseconds: nanoseconds.values } : undefined;
    }
    case "LocalDateTime":
    case "DateTime":
    case "DateTimeZoneId": {
      const { seconds, nanoseconds } = fields;
      if (!isNumber(seconds) || !isNumber(nanoseconds)) return undefined;
      const zone = name === "LocalDateTime" ? null : zoneOf(column);
      return {
        form: "moment",
        ...cells,
        seconds: seconds.values,
        nanoseconds: nanoseconds.values,
        zone,
        texts,
      };
    }
    case "Time":
      return textOf(texts());
    case "Duration":
    case "Point2D":
    case "Point3D": {
      const parts = Object.values(fields);
      if (!parts.every(isNumber)) return undefined;
      return {
        form: "struct",
        ...cells,
        names: Object.keys(fields),
        parts: parts.map((part, i) => partOf(Object.keys(fields)[i] as string, part)),
      };
    }
    default:
      return undefined;
  }
}

/** @param names of the parts, and of the fields that they are. */
function entities({ length, validity, fields }: StructureColumn, names: { readonly [name: string]: string }) {
  const parts: Form[] = [];
  for (const field of Object.values(names)) {
    const column = fields[field];
    // A version of Bolt that derives it from others.
    if (column === undefined) return undefined;
    parts.push(formOf(column));
  }
  return { form: "struct", length, validity, names: Object.keys(names), parts } as const;
}

/** Of durations' and points' parts, which are of the same types whatever is in them: see {@link NumberForm}'s `whole`. */
export const wholeParts: { readonly [name: string]: boolean | "wide" } = {
  months: "wide",
  days: "wide",
  seconds: "wide",
  nanoseconds: "wide",
  srid: true,
  x: false,
  y: false,
  z: false,
};

function partOf(name: string, { length, validity, values }: NumberColumn): Form {
  return { form: "number", length, validity, whole: wholeParts[name] ?? true, values };
}

function zoneOf(column: StructureColumn): string {
  const { zone, offsetSeconds } = column.fields;
  const common = commonOf(zone ?? offsetSeconds, column);
  return typeof common === "string" ? common : common === undefined ? "UTC" : zoneOfOffset(Number(common));
}

/** What all cells have that aren't null. */
function commonOf(field: Column | undefined, column: StructureColumn): unknown {
  if (field === undefined) return undefined;
  if (field.type === "dictionary" && field.dictionary.length === 1) return field.dictionary[0];
  const values = field.toArray();
  let common: unknown;
  for (let i = 0; i < values.length; i++) {
    if (column.isNull(i)) continue;
    if (common !== undefined && values[i] !== common) return undefined;
    common = values[i];
  }
  return common;
}

function isNumber(column: Column | undefined): column is NumberColumn {
  return column !== undefined && ["int32", "int53", "int64", "float64", "number"].includes(column.type);
}
