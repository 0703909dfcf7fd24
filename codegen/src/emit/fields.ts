import type { WireType } from "../model/model.ts";

/** `source.list(stringFrom)`: the expression that reads a field. */
export function readExpression(source: string, type: WireType, nullable: boolean, items: ItemReaders): string {
  if (nullable) return `${source}.nullable(${items.of(type)})`;
  switch (type.kind) {
    case "list":
      // Labels and the like repeat: a source may give the same list again.
      if (type.of.kind === "string") return `${source}.strings()`;
      return `${source}.list(${items.of(type.of)})`;
    case "map":
      return `${source}.map(${items.of(type.of)})`;
    case "structure":
    case "table":
      return `${source}.${type.kind}(${JSON.stringify(type.name)})`;
    default:
      return `${source}.${type.kind}()`;
  }
}

/** `sink.list(value as readonly string[], stringTo);`: the statement that writes a field. */
export function writeStatement(
  sink: string,
  value: string,
  type: WireType,
  nullable: boolean,
  items: ItemWriters,
): string {
  if (nullable) return `${sink}.nullable(${value} as ${rawTypeText(type)} | null | undefined, ${items.of(type)});`;
  const given = rawTypeText(type) === "unknown" ? value : `${value} as ${rawTypeText(type)}`;
  switch (type.kind) {
    case "list":
    case "map":
      return `${sink}.${type.kind}(${given}, ${items.of(type.of)});`;
    case "structure":
    case "table":
      return `${sink}.${type.kind}(${JSON.stringify(type.name)}, ${given});`;
    default:
      return `${sink}.${type.kind}(${given});`;
  }
}

/** What a sink or a source handles a value as: structures and declared maps are unknown to them. */
function rawTypeText(type: WireType): string {
  switch (type.kind) {
    case "integer":
      return "number | bigint";
    case "float":
      return "number";
    case "boolean":
    case "string":
      return type.kind;
    case "bytes":
      return "Uint8Array";
    case "list":
      return `readonly (${rawTypeText(type.of)})[]`.replace(/\((\w+)\)\[\]$/, "$1[]");
    case "map":
      return `{ readonly [key: string]: ${rawTypeText(type.of)} }`;
    default:
      return "unknown";
  }
}

/** The functions that read items of lists and maps: one of each kind, made once, not one per call. */
export class ItemReaders {
  readonly #declarations = new Map<string, string>();

  /** The name of the function that reads an item of this type. */
  of(type: WireType): string {
    const name = `${itemName(type)}From`;
    if (!this.#declarations.has(name)) {
      this.#declarations.set(name, "");
      const expression = readExpression("source", type, false, this);
      this.#declarations.set(name, `const ${name} = (source: Source) => ${expression};`);
    }
    return name;
  }

  declarations(): string[] {
    return [...this.#declarations.values()];
  }
}

/** The functions that write items of lists and maps. */
export class ItemWriters {
  readonly #declarations = new Map<string, string>();

  of(type: WireType): string {
    const name = `${itemName(type)}To`;
    if (!this.#declarations.has(name)) {
      this.#declarations.set(name, "");
      const statement = writeStatement("sink", "value", type, false, this).replaceAll(` as ${rawTypeText(type)}`, "");
      this.#declarations.set(name, `const ${name} = (sink: Sink, value: ${rawTypeText(type)}) => ${statement}`);
    }
    return name;
  }

  declarations(): string[] {
    return [...this.#declarations.values()];
  }
}

/** `string`, `listOfString`, `structureNode`. */
function itemName(type: WireType): string {
  switch (type.kind) {
    case "list":
    case "map": {
      const inner = itemName(type.of);
      return `${type.kind}Of${inner[0]?.toUpperCase()}${inner.slice(1)}`;
    }
    case "structure":
    case "table":
      return `${type.kind}${type.name}`;
    default:
      return type.kind;
  }
}
