type Columns = readonly (readonly unknown[])[];

/**
 * Makes so many structures of the columns of their fields. There is a loop for each number of fields: to spread them would
 * cost more than all else that is done for a structure.
 */
export function structuresOfColumns(
  make: (...fields: unknown[]) => unknown,
  fields: Columns,
  count: number,
): unknown[] {
  const [a, b, c, d, e, f, g, h] = fields as unknown[][];
  const made = new Array<unknown>(count);
  switch (fields.length) {
    case 1:
      for (let i = 0; i < count; i++) made[i] = make(a![i]);
      break;
    case 2:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i]);
      break;
    case 3:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i]);
      break;
    case 4:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i], d![i]);
      break;
    case 5:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i], d![i], e![i]);
      break;
    case 6:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i], d![i], e![i], f![i]);
      break;
    case 7:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i], d![i], e![i], f![i], g![i]);
      break;
    case 8:
      for (let i = 0; i < count; i++) made[i] = make(a![i], b![i], c![i], d![i], e![i], f![i], g![i], h![i]);
      break;
    default:
      for (let i = 0; i < count; i++) made[i] = make(...fields.map((field) => field[i]));
  }
  return made;
}
