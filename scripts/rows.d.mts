export interface Reason {
  readonly ids: readonly string[];
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
type Areas = Readonly<Record<string, number>>;
export const kinds: readonly string[];
export function idsIn(text: string, areas: Areas): string[];
export function reasonsIn(markdown: string, areas: Areas): Reason[];
export function judge(what: {
  readonly rows: Areas;
  readonly open: readonly string[];
  readonly later: readonly string[];
  readonly tests: readonly { readonly name: string; readonly at: string }[];
  readonly reasons: readonly Reason[];
}): { problems: string[]; areas: Area[] };
