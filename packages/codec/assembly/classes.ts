// What the marker table says of a byte: its class, and a payload whose meaning the class gives.
import { MARKERS } from "./layout";

/** Class (low byte) and payload (high byte) of the marker at an address. */
export function markerAt(p: usize): u32 {
  return <u32>load<u16>(MARKERS + (<usize>load<u8>(p) << 1));
}

/** The class of the marker at an address. */
export function classAt(p: usize): u8 {
  return load<u8>(MARKERS + (<usize>load<u8>(p) << 1));
}

/** Not a marker of this version (or none that this reader knows): the record goes back to the plain reader. */
export const INVALID: u8 = 0;
export const NULL: u8 = 1;
export const FALSE: u8 = 2;
export const TRUE: u8 = 3;
/** Payload: bytes that follow, big-endian; 0: the marker itself is the value. */
export const INTEGER: u8 = 4;
/** 8 bytes follow. */
export const FLOAT: u8 = 5;
/** TINY: the payload is the size. SIZED: the payload is the number of bytes that hold the size. */
export const STRING_TINY: u8 = 6;
export const STRING_SIZED: u8 = 7;
export const LIST_TINY: u8 = 8;
export const LIST_SIZED: u8 = 9;
export const MAP_TINY: u8 = 10;
export const MAP_SIZED: u8 = 11;
export const STRUCTURE_TINY: u8 = 12;
export const STRUCTURE_SIZED: u8 = 13;
/** Any other value: as many bytes as the payload says, or sized. */
export const FIXED: u8 = 14;
export const SIZED: u8 = 15;
