// Preloaded, it makes a process believe that it has a terminal: its output can then be read as a terminal would get it.
for (const stream of [process.stdout, process.stderr]) {
  stream.isTTY = true;
  stream.columns = Number(process.env.COLUMNS);
}
