import type { MemoryResult } from "./memory.ts";

const [left, width, bar, gap] = [130, 480, 22, 14];

/** A bar chart (SVG) of the peak memory by the number of rows, from nought, with the quartiles as whiskers. */
export function memoryChart(title: string, sizes: readonly MemoryResult[]): string {
  const greatest = Math.max(...sizes.map(({ peak }) => peak.q3));
  const x = (megabytes: number) => (left + (megabytes / greatest) * width).toFixed(1);
  const bars = sizes.flatMap(({ rows, peak: { q1, median, q3 } }, index) => {
    const y = 62 + index * (bar + gap);
    const middle = y + bar / 2;
    return [
      `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${rows.toLocaleString("en")} rows</text>`,
      `<rect x="${left}" y="${y}" width="${(Number(x(median)) - left).toFixed(1)}" height="${bar}" fill="#1971c2"/>`,
      `<line x1="${x(q1)}" x2="${x(q3)}" y1="${middle}" y2="${middle}" stroke="#222"/>`,
      `<text x="${Number(x(q3)) + 6}" y="${middle + 4}">${median.toFixed(0)} MB</text>`,
    ];
  });
  const height = 62 + sizes.length * (bar + gap) + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 90}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/><text x="20" y="28" font-size="16">${title}</text>`,
    `<text x="20" y="48" fill="#555">the most memory that the whole process has held (whiskers: quartiles of the runs)</text>`,
    ...bars,
    "</svg>\n",
  ].join("\n");
}
