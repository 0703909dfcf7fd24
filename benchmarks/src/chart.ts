import type { Timing } from "./interleave.ts";

const palette = [
  "#8c8c8c",
  "#d9480f",
  "#f08c00",
  "#f5c542",
  "#1971c2",
  "#4dabf7",
  "#2f9e44",
  "#ae3ec9",
  "#0c8599",
  "#862e2e",
  "#5c940d",
];

/** A bar chart (SVG) of ratios to the reference, one group a workload, with the quartiles as whiskers. */
export function chart(title: string, groups: readonly { name: string; timings: readonly Timing[] }[]): string {
  const names = [...new Set(groups.flatMap(({ timings }) => timings.map(({ name }) => name)))];
  const colours = new Map(names.map((name, index) => [name, palette[index % palette.length]]));
  const left = 24 + 7 * Math.max(...groups.map(({ name }) => name.length));
  const [bar, gap, width] = [14, 18, 620];
  const bottom = 66 + groups.reduce((sum, { timings }) => sum + timings.length * bar + gap, 0);
  const height = bottom + names.length * 18 + 24;
  const greatest = Math.max(...groups.flatMap(({ timings }) => timings.map(({ ratio }) => ratio.q3)));
  const x = (ratio: number) => left + (Math.log10(Math.max(ratio, 0.1) * 10) / Math.log10(greatest * 10)) * width;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 90}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/><text x="20" y="28" font-size="16">${title}</text>`,
    `<text x="20" y="48" fill="#555">times the npm neo4j-driver's speed (logarithmic; whiskers: quartiles of the rounds)</text>`,
    `<line x1="${x(1)}" x2="${x(1)}" y1="60" y2="${bottom}" stroke="#bbb"/>`,
  ];
  let top = 66;
  for (const { name, timings } of groups) {
    parts.push(`<text x="${left - 8}" y="${top + (timings.length * bar) / 2 + 4}" text-anchor="end">${name}</text>`);
    for (const [index, { name: who, ratio }] of timings.entries()) {
      const y = top + index * bar;
      const middle = y + (bar - 3) / 2;
      parts.push(
        `<rect x="${left}" y="${y}" width="${Math.max(x(ratio.median) - left, 1).toFixed(1)}" height="${bar - 3}" fill="${colours.get(who)}"/>`,
        `<line x1="${x(ratio.q1).toFixed(1)}" x2="${x(ratio.q3).toFixed(1)}" y1="${middle}" y2="${middle}" stroke="#222"/>`,
        `<text x="${(x(ratio.q3) + 5).toFixed(1)}" y="${y + bar - 4}" font-size="10">${ratio.median.toFixed(1)}</text>`,
      );
    }
    top += timings.length * bar + gap;
  }
  for (const [index, name] of names.entries()) {
    const y = bottom + 10 + index * 18;
    parts.push(
      `<rect x="${left}" y="${y}" width="12" height="12" fill="${colours.get(name)}"/>`,
      `<text x="${left + 18}" y="${y + 11}">${name}</text>`,
    );
  }
  return `${parts.join("\n")}\n</svg>\n`;
}
