// Generated from spec/ by codegen (emit/assembly.ts). Edit the spec, not this file.
import type { BoltVersion } from "./versions.ts";

/** Which of the WebAssembly module's marker tables a version reads by. */
export const markerSets: Readonly<Record<BoltVersion, number>> = {
  "4.4": 0,
  "5.0": 0,
  "5.1": 0,
  "5.2": 0,
  "5.3": 0,
  "5.4": 0,
  "5.6": 0,
  "5.7": 0,
  "5.8": 0,
  "6.0": 0,
  "6.1": 1,
};

/** By name, the number of each structure that the WebAssembly module reads and writes by itself. */
export const flatStructures: Readonly<Record<string, number>> = {
  Point2D: 0,
  Point3D: 1,
  Date: 2,
  Time: 3,
  LocalTime: 4,
  LocalDateTime: 5,
  DateTime: 6,
  DateTimeLegacy: 7,
  DateTimeZoneId: 8,
  DateTimeZoneIdLegacy: 9,
  Duration: 10,
};
