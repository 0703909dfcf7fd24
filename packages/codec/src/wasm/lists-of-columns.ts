type Columns = readonly (readonly unknown[])[];

/** Makes so many lists of the columns of their items. The short ones are made as literals, which are never moved to grow. */
export function listsOfColumns(items: Columns, count: number): unknown[][] {
  const [a, b, c, d, e, f] = items as unknown[][];
  const lists = new Array<unknown[]>(count);
  switch (items.length) {
    case 1:
      for (let i = 0; i < count; i++) lists[i] = [a![i]];
      return lists;
    case 2:
      for (let i = 0; i < count; i++) lists[i] = [a![i], b![i]];
      return lists;
    case 3:
      for (let i = 0; i < count; i++) lists[i] = [a![i], b![i], c![i]];
      return lists;
    case 4:
      for (let i = 0; i < count; i++) lists[i] = [a![i], b![i], c![i], d![i]];
      return lists;
    case 5:
      for (let i = 0; i < count; i++) lists[i] = [a![i], b![i], c![i], d![i], e![i]];
      return lists;
    case 6:
      for (let i = 0; i < count; i++) lists[i] = [a![i], b![i], c![i], d![i], e![i], f![i]];
      return lists;
  }
  for (let i = 0; i < count; i++) {
    const list = new Array<unknown>(items.length);
    for (let k = 0; k < items.length; k++) list[k] = items[k]![i];
    lists[i] = list;
  }
  return lists;
}
