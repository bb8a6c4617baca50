/** Returns the scope of a package name, with its @: `@acme` for `@acme/ui`. Undefined for a name without one. */
export function scopeOf(name: string): string | undefined {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  return slash > 1 ? name.slice(0, slash) : undefined;
}
