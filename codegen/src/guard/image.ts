import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Model } from "../model/model.ts";
import { readModel } from "../model/read.ts";

/** Reads a spec from an image that `buf build` wrote. @throws SpecError if it can't be understood. */
export function readImage(image: Uint8Array): Model {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const files = [...createFileRegistry(set).files];
  return readModel(
    files.filter(({ proto }) => proto.package.startsWith("fulgur.bolt.")),
    files,
  );
}

/** Compiles the buf module in a folder. @throws Error with what buf said, if it doesn't compile. */
export function buildImage(folder: string): Uint8Array {
  const buf = join(dirname(createRequire(import.meta.url).resolve("@bufbuild/buf/package.json")), "bin", "buf");
  return execFileSync(process.execPath, [buf, "build", "-o", "-#format=binpb"], {
    cwd: folder,
    maxBuffer: 64 << 20,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
