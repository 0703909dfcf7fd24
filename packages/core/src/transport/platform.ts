import process from "node:process";

/** What runs this program, for HELLO's `bolt_agent`: the server's operators see it, nothing depends on it. */
export function platform(): { platform: string; language: string; languageDetails: string } {
  const { bun, deno, node } = process.versions as Record<string, string | undefined>;
  const runtime = bun ? `Bun/${bun}` : deno ? `Deno/${deno}` : `Node/${node}`;
  return {
    platform: `${process.platform}; ${process.arch}`,
    language: `JavaScript; ${runtime}`,
    languageDetails: `V8/${process.versions.v8 ?? "unknown"}`,
  };
}
