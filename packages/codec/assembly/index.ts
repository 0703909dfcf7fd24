// The module's exports: a few calls a region, and the addresses of its areas.
export { clearSpans } from "./spans";
export { columns } from "./columns";
export { gatherStrings } from "./gather";
export { loadMarkers } from "./gen/markers";
export { packRows } from "./pack-columns";
export {
  BUCKETS,
  BUCKET_BYTES,
  BUCKET_COUNT,
  BUCKET_COUNTS,
  DIRTY,
  FAST_PROGRAM,
  FAST_TABLES,
  INPUT,
  INPUT_BYTES,
  LITERALS,
  LITERALS_BYTES,
  MAX_CELLS,
  MAX_COLUMNS,
  MAX_ROWS,
  OUTPUT,
  OUTPUT_BYTES,
  PROGRAM,
  PROGRAM_BYTES,
  ROWS,
  SLOTS,
  SPAN_BYTES,
  SPAN_ENTRIES,
  STATUS,
  STRINGS,
  TAGS,
  TEXT,
  TEXT_BYTES,
  VECTORS,
  WIDE,
} from "./layout";
