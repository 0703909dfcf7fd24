/** A value of a plan and where it stands in its file. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import { UsageError } from "../failure.ts";

/** What is wrong with a plan, all of it, in the order of its lines. */
export class Findings {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #found: { readonly offset: number; readonly text: string }[] = [];

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  add(offset: number, what: string): void {
    if (this.#found.some((other) => other.offset === offset && other.text === what)) return;
    this.#found.push({ offset, text: what });
  }

  /** `plan.yaml:7:5` */
  placeOf(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  }

  /** @throws UsageError with a line for each */
  throwAny(): void {
    if (this.#found.length === 0) return;
    const lines = this.#found
      .sort((a, b) => a.offset - b.offset)
      .map(({ offset, text }) => `${this.placeOf(offset)}: ${text}`);
    const head =
      lines.length === 1 ? "The plan can't be used." : `The plan can't be used: it has ${lines.length} mistakes.`;
    throw new UsageError([head, ...lines].join("\n"));
  }
}

/** What Cypher most often runs into. */
const colonHint =
  "; a text with a colon in it, such as Cypher, needs quotation marks, or stands on lines of its own behind |";

export class Place {
  readonly findings: Findings;
  /** How the plan's author calls it, such as `steps[1].nodes.key`. */
  readonly path: string;
  readonly offset: number;
  readonly #node: Node | null;
  readonly #document: Document;
  /** What another value is called here, if it is. */
  readonly #alias: string | undefined;

  constructor(node: unknown, path: string, offset: number, document: Document, findings: Findings) {
    this.#alias = isAlias(node) ? node.source : undefined;
    const resolved = isAlias(node) ? (node as Alias).resolve(document) : node;
    this.#node = (resolved ?? null) as Node | null;
    this.#document = document;
    this.path = path;
    this.offset = offset;
    this.findings = findings;
  }

  /** @throws UsageError for what isn't YAML, at its line */
  static of(text: string, file: string): Place {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    const findings = new Findings(file, lineCounter);
    for (const { pos, code, message } of document.errors) {
      const hint = code === "BLOCK_AS_IMPLICIT_KEY" ? colonHint : "";
      const what =
        code === "MULTIPLE_DOCS" ? "another document begins here, and a plan is one" : `it isn't YAML here: ${message}`;
      findings.add(pos[0], `${what}${hint}`);
    }
    findings.throwAny();
    const offset = document.contents?.range?.[0] ?? 0;
    return new Place(document.contents, "", offset, document, findings);
  }

  /** `plan.yaml:7:5` */
  toString(): string {
    return this.findings.placeOf(this.offset);
  }

  /** What stands under these keys, as far as there is anything. */
  within([key, ...more]: readonly string[]): Place {
    const found = this.entries?.find((entry) => entry.key === key)?.value;
    return found === undefined ? this : found.within(more);
  }

  /** Says that it is wrong. */
  refuse(what: string): undefined {
    this.findings.add(this.offset, this.path === "" ? what : `${this.path}: ${what}`);
    return undefined;
  }

  /** What it is, for errors: `a list`, `a number`. */
  get kind(): string {
    if (isMap(this.#node)) return "a map";
    if (isSeq(this.#node)) return "a list";
    const value = this.scalar;
    if (this.#alias !== undefined && this.#node === null) return `a name, *${this.#alias}, for nothing above it`;
    if (value === null || value === undefined) return "nothing";
    return typeof value === "string" ? "a text" : typeof value === "boolean" ? "a yes or no" : `a ${typeof value}`;
  }

  get scalar(): unknown {
    return this.#node === null ? null : isScalar(this.#node) ? this.#node.value : undefined;
  }

  /** The items of a list; undefined if it is none. */
  get items(): Place[] | undefined {
    if (!isSeq(this.#node)) return undefined;
    return this.#node.items.map((item, at) => this.#part(item, `${this.path}[${at}]`, this.offset));
  }

  /** The entries of a map; undefined if it is none. */
  get entries(): { readonly key: string; readonly at: Place; readonly value: Place }[] | undefined {
    if (!isMap(this.#node)) return undefined;
    return this.#node.items.map(({ key: node, value }) => {
      const key = String(isScalar(node) ? node.value : node);
      const path = this.path === "" ? key : `${this.path}.${key}`;
      const at = this.#part(node, path, this.offset);
      return { key, at, value: this.#part(value, path, at.offset) };
    });
  }

  #part(node: unknown, path: string, around: number): Place {
    const offset = (node as Node | null)?.range?.[0] ?? around;
    return new Place(node, path, offset, this.#document, this.findings);
  }
}
