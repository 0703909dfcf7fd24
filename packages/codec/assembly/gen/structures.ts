// Generated from spec/ by codegen (emit/assembly.ts). Edit the spec, not this file.
import { floatField, integerField, isHead, stringField } from "../fields";

function readPoint2D(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x58)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // srid
  if (size > 1 && (p = floatField(p, end, operation, 1, row)) == 0) return 0; // x
  if (size > 2 && (p = floatField(p, end, operation, 2, row)) == 0) return 0; // y
  return p;
}

function readPoint3D(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x59)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // srid
  if (size > 1 && (p = floatField(p, end, operation, 1, row)) == 0) return 0; // x
  if (size > 2 && (p = floatField(p, end, operation, 2, row)) == 0) return 0; // y
  if (size > 3 && (p = floatField(p, end, operation, 3, row)) == 0) return 0; // z
  return p;
}

function readDate(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x44)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // days
  return p;
}

function readTime(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x54)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // nanoseconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // offset_seconds
  return p;
}

function readLocalTime(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x74)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // nanoseconds
  return p;
}

function readLocalDateTime(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x64)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // nanoseconds
  return p;
}

function readDateTime(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x49)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (p = integerField(p, end, operation, 2, row)) == 0) return 0; // offset_seconds
  return p;
}

function readDateTimeLegacy(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x46)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (p = integerField(p, end, operation, 2, row)) == 0) return 0; // offset_seconds
  return p;
}

function readDateTimeZoneId(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x69)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (p = stringField(p, end, operation, 2, row)) == 0) return 0; // zone
  return p;
}

function readDateTimeZoneIdLegacy(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x66)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (p = stringField(p, end, operation, 2, row)) == 0) return 0; // zone
  return p;
}

function readDuration(p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  if (!isHead(p, end, 0xb0 | size, 0x45)) return 0;
  p += 2;
  if (size > 0 && (p = integerField(p, end, operation, 0, row)) == 0) return 0; // months
  if (size > 1 && (p = integerField(p, end, operation, 1, row)) == 0) return 0; // days
  if (size > 2 && (p = integerField(p, end, operation, 2, row)) == 0) return 0; // seconds
  if (size > 3 && (p = integerField(p, end, operation, 3, row)) == 0) return 0; // nanoseconds
  return p;
}

/** Reads the flat structure of this number, of `size` fields; where it ends, or 0: it isn't one. */
export function readStructure(number: u32, p: usize, end: usize, size: u32, operation: usize, row: u32): usize {
  switch (number) {
    case 0:
      return readPoint2D(p, end, size, operation, row);
    case 1:
      return readPoint3D(p, end, size, operation, row);
    case 2:
      return readDate(p, end, size, operation, row);
    case 3:
      return readTime(p, end, size, operation, row);
    case 4:
      return readLocalTime(p, end, size, operation, row);
    case 5:
      return readLocalDateTime(p, end, size, operation, row);
    case 6:
      return readDateTime(p, end, size, operation, row);
    case 7:
      return readDateTimeLegacy(p, end, size, operation, row);
    case 8:
      return readDateTimeZoneId(p, end, size, operation, row);
    case 9:
      return readDateTimeZoneIdLegacy(p, end, size, operation, row);
    case 10:
      return readDuration(p, end, size, operation, row);
    default:
      return 0;
  }
}
