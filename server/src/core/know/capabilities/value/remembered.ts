/** Longer names may be parts of the text of a file, which would stay in memory with them. */
const LONGEST = 12;
const MOST_KNOWN = 20_000;

/**
 * Returns a function that remembers what another one gives for short names: programs repeat them, and patterns take longer
 * than a look-up.
 */
export function remembered<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (name.length > LONGEST) return make(name);
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = make(name);
    if (known.size < MOST_KNOWN) known.set(name, made);
    return made;
  };
}
