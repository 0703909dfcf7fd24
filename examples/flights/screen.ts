/** What stands on a terminal after some output, and a picture of it. */

export class Screen {
  #lines: string[] = [""];

  /** Knows what the command writes: text, new lines, the way back to the line's beginning, and the deletion of its rest. */
  write(output: string): void {
    for (const [at, piece] of output.split("\u001b[K").entries()) {
      if (at > 0) this.#line = this.#line.slice(0, this.#column);
      for (const part of piece.split(/(\r|\n)/)) this.#add(part);
    }
  }

  #add(part: string): void {
    if (part === "\n") this.#lines.push("");
    if (part === "\n" || part === "\r") this.#column = 0;
    else {
      this.#line = this.#line.slice(0, this.#column) + part + this.#line.slice(this.#column + part.length);
      this.#column += part.length;
    }
  }

  get lines(): readonly string[] {
    return this.#lines.at(-1) === "" ? this.#lines.slice(0, -1) : [...this.#lines];
  }

  #column = 0;

  get #line(): string {
    return this.#lines.at(-1) as string;
  }

  set #line(text: string) {
    this.#lines[this.#lines.length - 1] = text;
  }
}

const [charWidth, lineHeight, margin, bar] = [8.43, 20, 16, 34];
const colours = {
  window: "#1b1f27",
  bar: "#2a303c",
  text: "#d7dce5",
  dim: "#8b94a5",
  prompt: "#7fd1a0",
  done: "#f2c14e",
};

/** Screens as windows of a terminal, one under the other, as an SVG. */
export function picture(screens: readonly (readonly string[])[], columns: number): string {
  const width = Math.ceil(columns * charWidth + 2 * margin);
  const parts: string[] = [];
  let top = 0;
  for (const lines of screens) {
    const height = bar + lines.length * lineHeight + margin;
    parts.push(`<g transform="translate(0 ${top})">`);
    parts.push(`<rect width="${width}" height="${height}" rx="8" fill="${colours.window}"/>`);
    for (const [at, colour] of ["#ed6a5e", "#f4bf4f", "#61c554"].entries()) {
      parts.push(`<circle cx="${18 + at * 18}" cy="17" r="5.5" fill="${colour}"/>`);
    }
    for (const [at, line] of lines.entries()) {
      const y = bar + at * lineHeight + 14;
      parts.push(`<text x="${margin}" y="${y}">${coloured(line)}</text>`);
    }
    parts.push("</g>");
    top += height + 12;
  }
  const style = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${colours.text};white-space:pre}`;
  const [head, foot] = [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${top - 12}" width="${width}" role="img">`,
    "</svg>\n",
  ];
  const title = "<title>The fulgur command on a terminal: a job while it runs, and its summary</title>";
  return [head, title, `<style>${style}</style>`, ...parts, foot].join("\n");
}

function coloured(line: string): string {
  const text = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const span = (colour: string, part: string) => `<tspan fill="${colour}">${part}</tspan>`;
  return text
    .replace(/^\$/, span(colours.prompt, "$"))
    .replace(/[█▏▎▍▌▋▊▉]+/g, (blocks) => span(colours.done, blocks))
    .replace(/[░─]+(?: +─+)*/g, (rest) => span(colours.dim, rest));
}
