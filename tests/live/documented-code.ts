/** Code of a page in docs/, which runs as it stands, and what the page says that it prints. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface DocumentedCode {
  readonly language: "js" | "ts";
  /** The heading that it stands under, and what stands behind its language. */
  readonly title: string;
  readonly code: string;
  /** What stands behind each `// -> `. */
  readonly prints: readonly string[];
}

/** The blocks of JavaScript and TypeScript of a page of docs/, in their order. */
export function documentedCode(page: string): DocumentedCode[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
  let heading = "";
  const found: DocumentedCode[] = [];
  const parts = text.matchAll(/^#+ (.*)$|^```(js|ts)\b ?(.*)\n([\s\S]*?)^```$/gm);
  for (const [all, newHeading, language, kind, code] of parts) {
    if (newHeading !== undefined) heading = newHeading;
    else if (code === undefined) throw new Error(`${page} has a block that can't be read: ${all}`);
    else
      found.push({
        language: language as "js" | "ts",
        title: `${heading}, ${kind}`,
        code,
        prints: [...code.matchAll(/\/\/ -> (.*)$/gm)].map(([, line = ""]) => line),
      });
  }
  return found;
}

/** Runs it as a module of its own; gives the lines that it prints. */
export async function runDocumented({ code, language }: DocumentedCode, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@fulgur/source", `--input-type=module${language === "ts" ? "-typescript" : ""}`, "--eval", code],
    { cwd: fileURLToPath(new URL(".", import.meta.url)), env: { ...process.env, ...env }, timeout: 60_000 },
  );
  return stdout.trimEnd().split("\n");
}
