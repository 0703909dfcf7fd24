/** The known name that a misspelt, snake-cased or unit-suffixed one comes nearest to, if any is near: for errors. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const wanted = essence(key);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const other = essence(candidate);
    const distance =
      other !== wanted && (other.includes(wanted) || wanted.includes(other)) && wanted.length >= 4
        ? 1
        : editDistance(wanted, other);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return bestDistance <= Math.max(2, Math.floor(wanted.length / 3)) ? best : undefined;
}

function essence(key: string): string {
  return key
    .replace(/(Ms|Millis|_ms)$/, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length]!;
}
