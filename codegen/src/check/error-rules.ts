import type { Law } from "./law.ts";

/** Error rules stand from the most specific to the most general: the first that matches is the one that counts. */
export const errorRules: Law = ({ errorRules: rules }) =>
  rules.flatMap(({ code, where }, index) => {
    const hiding = rules.slice(0, index).find((other) => covers(other.code, code));
    if (hiding === undefined) return [];
    return [`${where}: never applies, since ${hiding.code} stands before it; move it up or merge the two`];
  });

function covers(general: string, code: string): boolean {
  return general === code || general === "*" || (general.endsWith(".*") && code.startsWith(general.slice(0, -1)));
}
