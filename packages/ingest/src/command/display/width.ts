/** Text on a terminal: how wide it is, cut and padded to a width. */
import measure from "fast-string-truncated-width";

/** Columns of the terminal that a text takes; wide characters take two, combining ones none. */
export function widthOf(text: string): number {
  return measure(text).width;
}

const characters = new Intl.Segmenter();

/** The text in at most so many columns; what is cut ends in `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let room = width - 1;
  for (const { segment } of characters.segment(text)) {
    room -= widthOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

export function pad(text: string, width: number, side: "left" | "right"): string {
  const space = " ".repeat(Math.max(width - widthOf(text), 0));
  return side === "left" ? `${text}${space}` : `${space}${text}`;
}

/**
 * A text that can't move the cursor, colour the screen or hide what stands beside it: control characters, and those that turn the direction or have
 * no width, are escaped.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\u{2028}\u{2029}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu,
    escaped,
  );
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`;
}
