/** Prints rows as a table whose numbers are aligned to the right. */
export function printTable(rows: readonly Readonly<Record<string, unknown>>[]): void {
  if (rows.length === 0) {
    console.log("  (no rows)");
    return;
  }
  const columns = Object.keys(rows[0] as object);
  const cells = rows.map((row) => columns.map((column) => format(row[column])));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const isNumeric = columns.map((column) => rows.every((row) => ["number", "bigint"].includes(typeof row[column])));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, index) => (isNumeric[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))).join("   ")}`.trimEnd();
  console.log(line(columns));
  console.log(`  ${widths.map((width) => "─".repeat(width)).join("   ")}`);
  for (const row of cells) console.log(line(row));
}

function format(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(1);
  if (typeof value === "number" || typeof value === "bigint") return value.toLocaleString("en");
  return value === null ? "–" : String(value);
}
