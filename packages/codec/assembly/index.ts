// The module's exports: a few calls a region.
export { clearSpans } from "./spans";
export { columns } from "./columns";
export { gatherStrings } from "./gather";
export { loadMarkers } from "./gen/markers";
export { packRows } from "./pack-columns";
