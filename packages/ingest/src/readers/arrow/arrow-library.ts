/** Apache Arrow's library, which only those install who need it. */
import { type ArrowLibrary, ConfigurationError } from "@fulgur/neo4j-driver";

/** What is needed of it here, in any version that the package allows. */
export interface ArrowFiles extends ArrowLibrary {
  readonly RecordBatchReader: {
    from(source: AsyncIterable<Uint8Array>): Promise<ArrowReader>;
  };
  readonly RecordBatchFileWriter: new () => ArrowBatchWriter;
  readonly RecordBatchStreamWriter: new () => ArrowBatchWriter;
}

/** A stream of record batches. */
export interface ArrowReader extends AsyncIterable<ArrowBatch> {
  open(): Promise<unknown>;
  readonly schema: ArrowSchema;
  /** Of a file, all that it has. */
  readonly numRecordBatches: number;
  cancel(): Promise<void>;
}

export interface ArrowSchema {
  readonly fields: readonly { readonly name: string; readonly type: ArrowType }[];
}

export interface ArrowType {
  readonly typeId: number;
  readonly scale?: number;
}

export interface ArrowBatch {
  readonly numRows: number;
  readonly schema: ArrowSchema;
  slice(begin: number, end: number): ArrowBatch;
  getChildAt(index: number): { get(index: number): unknown } | null;
}

export interface ArrowBatchWriter extends AsyncIterable<Uint8Array> {
  write(batch: unknown): void;
  finish(): unknown;
}

/** @throws ConfigurationError that says what to install */
export async function arrowLibrary(): Promise<ArrowFiles> {
  try {
    return (await import("apache-arrow")) as unknown as ArrowFiles;
  } catch (cause) {
    const message = "Apache Arrow's files need its library: install the package apache-arrow, version 17 or later.";
    throw new ConfigurationError(message, { option: "format", cause });
  }
}
