// Generated from spec/ by codegen (emit/assembly.ts). Edit the spec, not this file.
import { floatField, integerField, isHead, stringField } from "../fields";
import { writeFloatField, writeIntegerField, writeStringField } from "../write-fields";

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

function writePoint2D(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x58, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // srid
  if (size > 1 && (to = writeFloatField(to, operation, 1, row)) == 0) return 0; // x
  if (size > 2 && (to = writeFloatField(to, operation, 2, row)) == 0) return 0; // y
  return to;
}

function writePoint3D(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x59, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // srid
  if (size > 1 && (to = writeFloatField(to, operation, 1, row)) == 0) return 0; // x
  if (size > 2 && (to = writeFloatField(to, operation, 2, row)) == 0) return 0; // y
  if (size > 3 && (to = writeFloatField(to, operation, 3, row)) == 0) return 0; // z
  return to;
}

function writeDate(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x44, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // days
  return to;
}

function writeTime(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x54, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // nanoseconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // offset_seconds
  return to;
}

function writeLocalTime(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x74, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // nanoseconds
  return to;
}

function writeLocalDateTime(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x64, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // nanoseconds
  return to;
}

function writeDateTime(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x49, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (to = writeIntegerField(to, operation, 2, row)) == 0) return 0; // offset_seconds
  return to;
}

function writeDateTimeLegacy(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x46, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (to = writeIntegerField(to, operation, 2, row)) == 0) return 0; // offset_seconds
  return to;
}

function writeDateTimeZoneId(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x69, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (to = writeStringField(to, operation, 2, row)) == 0) return 0; // zone
  return to;
}

function writeDateTimeZoneIdLegacy(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x66, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // seconds
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // nanoseconds
  if (size > 2 && (to = writeStringField(to, operation, 2, row)) == 0) return 0; // zone
  return to;
}

function writeDuration(to: usize, size: u32, operation: usize, row: u32): usize {
  store<u8>(to, 0xb0 | size);
  store<u8>(to, 0x45, 1);
  to += 2;
  if (size > 0 && (to = writeIntegerField(to, operation, 0, row)) == 0) return 0; // months
  if (size > 1 && (to = writeIntegerField(to, operation, 1, row)) == 0) return 0; // days
  if (size > 2 && (to = writeIntegerField(to, operation, 2, row)) == 0) return 0; // seconds
  if (size > 3 && (to = writeIntegerField(to, operation, 3, row)) == 0) return 0; // nanoseconds
  return to;
}

/** Writes the flat structure of this number from its columns; where it ends, or 0: a text doesn't fit its length. */
export function writeStructure(number: u32, to: usize, size: u32, operation: usize, row: u32): usize {
  switch (number) {
    case 0:
      return writePoint2D(to, size, operation, row);
    case 1:
      return writePoint3D(to, size, operation, row);
    case 2:
      return writeDate(to, size, operation, row);
    case 3:
      return writeTime(to, size, operation, row);
    case 4:
      return writeLocalTime(to, size, operation, row);
    case 5:
      return writeLocalDateTime(to, size, operation, row);
    case 6:
      return writeDateTime(to, size, operation, row);
    case 7:
      return writeDateTimeLegacy(to, size, operation, row);
    case 8:
      return writeDateTimeZoneId(to, size, operation, row);
    case 9:
      return writeDateTimeZoneIdLegacy(to, size, operation, row);
    case 10:
      return writeDuration(to, size, operation, row);
    default:
      return 0;
  }
}
