// Sums over every cell of columns, whatever their types: what reading rows field by field gives.

/** @param strings whether each string is made; else its length is taken where it lies, which for ASCII is the same */
export function addColumns(sums, table, strings) {
  sums.rows += table.length;
  for (const [at, name] of table.names.entries()) {
    const column = table.columns[at];
    if (name === "score") sums.decimal = decimals(sums.decimal, column);
    else sums.whole += strings && isText(column) ? lengths(column.toArray()) : whole(column);
  }
}

const isText = ({ type }) => type === "string" || type === "dictionary";

function lengths(values) {
  let sum = 0;
  for (const value of values) sum += value.length;
  return sum;
}

/** From row to row, as those who read rows add them: the sum of doubles depends on their order. */
function decimals(before, { values }) {
  let sum = before;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

function whole(column) {
  const { length, type } = column;
  let sum = 0;
  if (type === "string") {
    const { offsets } = column;
    for (let i = 0; i < length; i++) sum += offsets[i + 1] - offsets[i];
  } else if (type === "dictionary") {
    const sizes = column.dictionary.map((value) => value.length);
    for (let i = 0; i < length; i++) sum += sizes[column.indices[i]];
  } else if (column.validity === undefined) {
    const { values } = column;
    for (let i = 0; i < length; i++) sum += values[i];
  } else {
    const { values, validity } = column;
    for (let i = 0; i < length; i++) if ((validity[i >> 3] & (1 << (i & 7))) !== 0) sum += values[i];
  }
  return sum;
}
