import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type DescFile, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Model } from "../src/model/model.ts";
import { readModel } from "../src/model/read.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const buf = join(root, "codegen/node_modules/.bin/buf");

/** A change of one file of the copied spec: `from` must be there. */
export interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** The descriptors of this repository's spec, with edits and, beside its files, one more of these declarations. */
export function describeSpec(
  declarations = "",
  edits: readonly Edit[] = [],
): { files: DescFile[]; allFiles: DescFile[] } {
  const folder = mkdtempSync(join(tmpdir(), "fulgur-spec-"));
  try {
    cpSync(join(root, "spec/fulgur"), join(folder, "fulgur"), { recursive: true });
    cpSync(join(root, "spec/buf.yaml"), join(folder, "buf.yaml"));
    for (const { file, from, to } of edits) {
      const path = join(folder, "fulgur", file);
      const text = readFileSync(path, "utf8");
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${file} doesn't contain ${String(from)}`);
      writeFileSync(path, edited);
    }
    if (declarations !== "") writeFileSync(join(folder, "fulgur/bolt/v1/extra.proto"), extraFile(declarations));
    const image = execFileSync(buf, ["build", "-o", "-"], { cwd: folder, maxBuffer: 1 << 26 });
    const set = fromBinary(FileDescriptorSetSchema, image);
    const allFiles = [...createFileRegistry(set).files];
    return { files: allFiles.filter(({ name }) => name.startsWith("fulgur/bolt/")), allFiles };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function modelOf(declarations = "", edits: readonly Edit[] = []): Model {
  const { files, allFiles } = describeSpec(declarations, edits);
  return readModel(files, allFiles);
}

function extraFile(declarations: string): string {
  const imports = ["any", "auth", "graph", "transaction"].map((name) => `import "fulgur/bolt/v1/${name}.proto";\n`);
  // The options are written short here: "(structure)" for "(fulgur.spec.v1.structure)".
  const text = declarations.replace(/\((structure|message|key|marker|errors)\)/g, "(fulgur.spec.v1.$1)");
  return `syntax = "proto3";
package fulgur.bolt.v1;
${imports.join("")}import "fulgur/spec/v1/options.proto";
${text}`;
}
