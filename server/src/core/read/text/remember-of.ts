/**
 * Memoizes a function by its argument for as long as that object lives. The result must depend on nothing else, and
 * neither may be mutated.
 */
export function memoizeOf<K extends object, T extends NonNullable<unknown>>(
  compute: (of: K) => T,
): (of: K) => T {
  const known = new WeakMap<K, T>();
  return (of) => {
    let answer = known.get(of);
    if (answer === undefined) {
      answer = compute(of);
      known.set(of, answer);
    }
    return answer;
  };
}
