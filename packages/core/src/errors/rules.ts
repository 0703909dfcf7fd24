import { type Effect, errorRules, type Neo4jError } from "@fulgur/neo4j-types";

/** What the spec says about a code. */
export interface ResolvedRule {
  readonly code: string;
  /** The name of an error class, if the code has one of its own. */
  readonly errorClass: string | undefined;
  readonly retry: "never" | "always" | "ifAuthHandled";
  readonly effects: readonly Effect[];
}

const authHandled = Symbol.for("fulgur.neo4j.authHandled");
const resolved = new Map<string, ResolvedRule>();
const mostResolved = 1000;

/** The rule for a code that a server sent, after the rewrites: the first of the spec's rules that matches. */
export function ruleOf(code: string): ResolvedRule {
  let rule = resolved.get(code);
  if (rule === undefined) {
    rule = resolve(code);
    // Codes come from servers: a bound, lest a strange one fills the memory.
    if (resolved.size < mostResolved) resolved.set(code, rule);
  }
  return rule;
}

/** What an error of the server asks the client to do besides reporting it. */
export function effectsOf(error: Neo4jError): readonly Effect[] {
  return ruleOf(error.code).effects;
}

/** Says that an auth manager has taken care of a security error, which makes it retryable. (AUTH-16) */
export function markAuthHandled(error: Neo4jError): void {
  Object.defineProperty(error, authHandled, { value: true, configurable: true });
}

export function isAuthHandled(error: Neo4jError): boolean {
  return (error as { [authHandled]?: unknown })[authHandled] === true;
}

function resolve(code: string): ResolvedRule {
  const rule = errorRules.find(({ code: pattern }) => matches(pattern, code));
  // Only a code with the form of one is rewritten to another; a text that is none stays readable as it came.
  const rewritten = rule?.code === code ? rule.treatedAs : undefined;
  if (rewritten !== undefined && rewritten !== code) return { ...resolve(rewritten), code: rewritten };
  return { code, errorClass: rule?.errorClass, retry: rule?.retry ?? "never", effects: rule?.effects ?? [] };
}

function matches(pattern: string, code: string): boolean {
  return pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
}
