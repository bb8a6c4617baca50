/** Values of different sizes, of which the oldest are dropped beyond a sum. */
export interface HeldValues<K, V> {
  of(key: K): V | undefined;
  /** Holds a value unless the key has one. */
  add(key: K, value: V, size: number): void;
}

/** @param most the sum of sizes */
export function createHeldValues<K, V>(most: number): HeldValues<K, V> {
  const held = new Map<K, { readonly value: V; readonly size: number }>();
  let sum = 0;
  return {
    of: (key) => held.get(key)?.value,
    add(key, value, size) {
      if (held.has(key)) return;
      held.set(key, { value, size });
      sum += size;
      for (const [oldest, dropped] of held) {
        if (sum <= most) return;
        held.delete(oldest);
        sum -= dropped.size;
      }
    },
  };
}
