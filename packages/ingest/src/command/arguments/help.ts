import type { CommandText, Flag, Flags } from "./flag.ts";

/** The help of one command. */
export function helpOf({ name, usage, summary, details, flags, examples }: CommandText): string {
  const parts = [`fulgur ${name} ${usage}`, summary];
  if (details !== undefined) parts.push(details);
  parts.push(`Flags:\n${listOf(flags)}`);
  if (examples.length > 0) parts.push(`Examples:\n${examples.map((line) => `  ${line}`).join("\n")}`);
  return `${parts.join("\n\n")}\n`;
}

function listOf(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]) => [spelled(name, flag), flag] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, flag]) => `  ${left.padEnd(width)}  ${described(flag)}`).join("\n");
}

function spelled(name: string, { short, type, value }: Flag): string {
  const long = type === "switch" ? `--${name}` : `--${name} <${value ?? (type === "number" ? "n" : "text")}>`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function described({ help, choices, repeated }: Flag): string {
  const notes = [choices?.join(", "), repeated && "may be given several times"].filter((note) => note);
  return notes.length === 0 ? help : `${help} (${notes.join("; ")})`;
}
