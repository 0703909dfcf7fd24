import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";

/** The comment above a declaration, or behind it on the same line, without indentation; "" if there is none. */
export function docOf(desc: Exclude<AnyDesc, DescFile>): string {
  const { leading, trailing } = getComments(desc);
  return (leading ?? trailing ?? "")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
