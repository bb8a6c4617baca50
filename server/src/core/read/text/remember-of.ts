/**
 * The same function, with its answer kept as long as the object that it is about. It must depend on nothing else, and
 * neither may be changed by anyone.
 */
export function rememberOf<K extends object, T extends NonNullable<unknown>>(
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
