// Strings: is it ASCII, is it UTF-8, and its UTF-16.

/** True if no byte of the range has its high bit set. */
export function isAscii(at: usize, length: u32): bool {
  let i: u32 = 0;
  while (i + 16 <= length) {
    if (i8x16.bitmask(v128.load(at + i))) return false;
    i += 16;
  }
  const rest = length - i;
  return rest == 0 || (i8x16.bitmask(v128.load(at + i)) & ((1 << rest) - 1)) == 0;
}

/** Writes the UTF-16 of strict UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF); the end, or 0. */
export function transcode(at: usize, length: u32, to: usize): usize {
  const end = at + length;
  while (at < end) {
    const b = <u32>load<u8>(at);
    if (b < 0x80) {
      store<u16>(to, <u16>b);
      at += 1;
      to += 2;
    } else if (b < 0xe0) {
      if (b < 0xc2 || at + 2 > end) return 0;
      const c = <u32>load<u8>(at, 1);
      if ((c & 0xc0) != 0x80) return 0;
      store<u16>(to, <u16>(((b & 0x1f) << 6) | (c & 0x3f)));
      at += 2;
      to += 2;
    } else if (b < 0xf0) {
      if (at + 3 > end) return 0;
      const c = <u32>load<u8>(at, 1);
      const d = <u32>load<u8>(at, 2);
      if ((c & 0xc0) != 0x80 || (d & 0xc0) != 0x80) return 0;
      const unit = ((b & 0x0f) << 12) | ((c & 0x3f) << 6) | (d & 0x3f);
      if (unit < 0x800 || (unit & 0xf800) == 0xd800) return 0;
      store<u16>(to, <u16>unit);
      at += 3;
      to += 2;
    } else {
      if (b > 0xf4 || at + 4 > end) return 0;
      const c = <u32>load<u8>(at, 1);
      const d = <u32>load<u8>(at, 2);
      const e = <u32>load<u8>(at, 3);
      if ((c & 0xc0) != 0x80 || (d & 0xc0) != 0x80 || (e & 0xc0) != 0x80) return 0;
      const point = ((b & 0x07) << 18) | ((c & 0x3f) << 12) | ((d & 0x3f) << 6) | (e & 0x3f);
      if (point < 0x10000 || point > 0x10ffff) return 0;
      store<u16>(to, <u16>(0xd7c0 + (point >> 10)));
      store<u16>(to, <u16>(0xdc00 | (point & 0x3ff)), 2);
      at += 4;
      to += 4;
    }
  }
  return to;
}

/** True if the range is strict UTF-8. */
export function isUtf8(at: usize, length: u32): bool {
  if (isAscii(at, length)) return true;
  const end = at + length;
  while (at < end) {
    const b = <u32>load<u8>(at);
    if (b < 0x80) {
      at += 1;
    } else if (b < 0xe0) {
      if (b < 0xc2 || at + 2 > end || (load<u8>(at, 1) & 0xc0) != 0x80) return false;
      at += 2;
    } else if (b < 0xf0) {
      if (at + 3 > end) return false;
      const c = <u32>load<u8>(at, 1);
      if ((c & 0xc0) != 0x80 || (load<u8>(at, 2) & 0xc0) != 0x80) return false;
      const high = ((b & 0x0f) << 6) | (c & 0x3f);
      if (high < 0x20 || (high & 0x3e0) == 0x360) return false;
      at += 3;
    } else {
      if (b > 0xf4 || at + 4 > end) return false;
      const c = <u32>load<u8>(at, 1);
      if ((c & 0xc0) != 0x80 || (load<u8>(at, 2) & 0xc0) != 0x80 || (load<u8>(at, 3) & 0xc0) != 0x80) return false;
      const high = ((b & 0x07) << 6) | (c & 0x3f);
      if (high < 0x10 || high > 0x10f) return false;
      at += 4;
    }
  }
  return true;
}
