import { type Effect, type ErrorRule, errorRules, type Neo4jError } from "@fulgur/neo4j-types";

/** What the spec says about a code. */
export interface ResolvedRule {
  readonly code: string;
  /** The name of an error class, if the code has one of its own. */
  readonly errorClass: string | undefined;
  readonly retry: "never" | "always" | "ifAuthHandled";
  readonly effects: readonly Effect[];
}

const unknownCode = "Neo.DatabaseError.General.UnknownError";
const wellFormed = /^Neo\.[A-Za-z]+\.[A-Za-z]+\.[A-Za-z0-9]+$/;
const authHandled = Symbol.for("fulgur.neo4j.authHandled");
const resolved = new Map<string, ResolvedRule>();
const mostResolved = 1000;

/**
 * The rule for a code that a server sent, after the rewrites: of the rules that match (the table has the most specific one first), the first
 * that says something about a thing decides it.
 */
export function ruleOf(code: string): ResolvedRule {
  let rule = resolved.get(code);
  if (rule === undefined) {
    rule = resolve(code, true);
    // Codes come from servers: a bound, lest a strange one fills the memory.
    if (resolved.size < mostResolved) resolved.set(code, rule);
  }
  return rule;
}

/** What an error of the server asks the client to do besides reporting it. */
export function effectsOf(error: Neo4jError): readonly Effect[] {
  return ruleOf(error.code).effects;
}

/** Says that an auth manager has taken care of a security error, which makes it retryable if its rule allows. (AUTH-16) */
export function markAuthHandled(error: Neo4jError): void {
  Object.defineProperty(error, authHandled, { value: true, configurable: true });
}

export function isAuthHandled(error: Neo4jError): boolean {
  return (error as { [authHandled]?: unknown })[authHandled] === true;
}

function resolve(code: string, mayRewrite: boolean): ResolvedRule {
  const known = wellFormed.test(code) ? code : unknownCode;
  const matching = errorRules.filter((rule) => matches(rule, known));
  const first = <K extends keyof ErrorRule>(key: K) => matching.find((rule) => rule[key] !== undefined)?.[key];
  const rewritten = first("treatedAs");
  if (rewritten !== undefined && rewritten !== code && mayRewrite) return resolve(rewritten, false);
  return {
    code: wellFormed.test(code) ? code : code === "" ? unknownCode : code,
    errorClass: first("errorClass"),
    retry: first("retry") ?? "never",
    effects: matching[0]?.effects ?? [],
  };
}

function matches(rule: ErrorRule, code: string): boolean {
  return rule.code.endsWith(".*") ? code.startsWith(rule.code.slice(0, -1)) : rule.code === code;
}
