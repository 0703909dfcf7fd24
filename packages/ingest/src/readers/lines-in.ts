/** How many lines end between two places in a text. */
export function linesIn(text: string, end: number, begin: number = 0): number {
  let lines = 0;
  for (let at = text.indexOf("\n", begin); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
