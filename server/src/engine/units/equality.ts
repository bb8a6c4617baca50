/** Checks whether two flat objects of the same shape have identical members. */
export function sameRecord<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

export function sameSet(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

/** Returns an equality of arrays, item by item. */
export function sameArray<T>(same: (a: T, b: T) => boolean): (a: readonly T[], b: readonly T[]) => boolean {
  return (a, b) => a.length === b.length && a.every((item, at) => same(item, b[at]!));
}

/** Returns an equality of maps that ignores their order. */
export function sameMap<V>(
  same: (a: V, b: V) => boolean,
): (a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>) => boolean {
  return (a, b) => {
    if (a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !same(value, other)) return false;
    }
    return true;
  };
}
