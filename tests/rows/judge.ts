/** Which feature rows are covered: what test names cite, what docs/feature-rows.md gives reasons for, and what is wrong with either. */

export interface Reason {
  readonly ids: readonly string[];
  /** Whether it is about a part of the row, whose rest has a test. */
  readonly isPart: boolean;
  readonly kind: string;
  readonly why: string;
  readonly line: number;
}

export interface Area {
  readonly area: string;
  readonly rows: number;
  readonly uncovered: readonly string[];
  readonly state: "open" | "later" | "closed";
}

/** How many rows each area has. */
type Rows = Readonly<Record<string, number>>;

export interface Evidence {
  readonly rows: Rows;
  readonly open: readonly string[];
  readonly later: readonly string[];
  /** Full names, and where they stand. */
  readonly tests: readonly { readonly name: string; readonly at: string }[];
  readonly reasons: readonly Reason[];
}

/** The only reasons for which a row, or a part of one, may be without a test. */
export const kinds: readonly string[] = [
  "superseded by design.md section 5",
  "below Bolt 4.4",
  "no counterpart in JavaScript",
  "no counterpart in Neo4j",
];

/** More would be a test of everything, and so of nothing. */
const mostIds = 3;

const range = /\b([A-Z]{2,4})-(\d{2})(?: (?:to|until|through) (?:\1-)?(\d{2})|(?:…|–|\.\.)(?:\1-)?(\d{2}))?(?!\d)/g;

/** The ids in a text, of the areas that there are; "SUM-02 to SUM-06" are five of them. */
export function idsIn(text: string, areas: Rows): string[] {
  const ids = new Set<string>();
  for (const [, area, first, to, upTo] of text.matchAll(range)) {
    if (area === undefined || !Object.hasOwn(areas, area)) continue;
    for (let number = Number(first); number <= Number(to ?? upTo ?? first); number++) {
      ids.add(`${area}-${String(number).padStart(2, "0")}`);
    }
  }
  return [...ids];
}

/** The table's lines: `| EQ-14 | kind | why |` is about a whole row, `| EQ-14: some of it | kind | why |` about a part. */
export function reasonsIn(markdown: string, areas: Rows): Reason[] {
  const reasons: Reason[] = [];
  for (const [index, text] of markdown.split("\n").entries()) {
    if (!text.startsWith("|")) continue;
    const [what = "", kind = "", why = ""] = text
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    const [head = "", ...part] = what.split(":");
    const ids = idsIn(head, areas);
    if (ids.length > 0) reasons.push({ ids, isPart: part.join(":").trim() !== "", kind, why, line: index + 1 });
  }
  return reasons;
}

/**
 * What is wrong, and what is missing. An open area is one that is still being worked on: only its rows, and those of areas that come later,
 * may be uncovered.
 */
export function judge({ rows, open, later, tests, reasons }: Evidence): { problems: string[]; areas: Area[] } {
  const problems: string[] = [];
  const known = new Set(
    Object.entries(rows).flatMap(([area, count]) =>
      Array.from({ length: count }, (_, at) => `${area}-${String(at + 1).padStart(2, "0")}`),
    ),
  );
  for (const area of [...open, ...later]) if (!Object.hasOwn(rows, area)) problems.push(`There is no area ${area}.`);

  const cited = new Map<string, string>();
  for (const { name, at } of tests) {
    const ids = idsIn(name, rows);
    if (ids.length > mostIds) problems.push(`${at}: "${name}" cites ${ids.length} rows; at most ${mostIds} a test.`);
    for (const id of ids) {
      if (!known.has(id)) problems.push(`${at}: "${name}" cites ${id}, which doesn't exist.`);
      else if (!cited.has(id)) cited.set(id, at);
    }
  }

  const excused = new Set<string>();
  for (const { ids, isPart, kind, why, line } of reasons) {
    const at = `docs/feature-rows.md:${line}`;
    if (!kinds.includes(kind)) problems.push(`${at}: "${kind}" is no kind of reason; there are ${kinds.join("; ")}.`);
    if (why === "") problems.push(`${at}: the reason is missing.`);
    for (const id of ids) {
      if (!known.has(id)) problems.push(`${at}: ${id} doesn't exist.`);
      else if (!isPart && cited.has(id))
        problems.push(`${at}: ${id} has a test as well (${cited.get(id)}); which is it?`);
      else if (!isPart) excused.add(id);
    }
  }

  const uncovered = [...known].filter((id) => !cited.has(id) && !excused.has(id));
  const of = (area: string) => uncovered.filter((id) => id.startsWith(`${area}-`));
  const areas = Object.keys(rows).map((area): Area => {
    const state = open.includes(area) ? "open" : later.includes(area) ? "later" : "closed";
    return { area, rows: rows[area] ?? 0, uncovered: of(area), state };
  });
  for (const { area, uncovered: missing, state } of areas) {
    if (state === "closed" && missing.length > 0) {
      problems.push(`${area} has rows with neither a test nor a reason: ${missing.join(", ")}.`);
    }
  }
  return { problems, areas };
}
