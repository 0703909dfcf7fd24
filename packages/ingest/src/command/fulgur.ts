/** What the `fulgur` program runs. */
import { main } from "./main.ts";

const { argv, stdin, stdout, stderr, env } = process;
stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  // The reader, such as `head`, has what it wanted.
  if (code === "EPIPE") process.exit(141);
});
// What is said is for people; without any, what was asked for is done all the same.
stderr.on("error", () => {});
process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, env });
