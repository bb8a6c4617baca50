import type { LockEntry, Lockfile } from './lockfile.ts';

/**
 * Returns the package whose tarball contains a bundled one: the outermost package around it. Undefined for packages
 * that are not bundled, or that the project bundles itself, which are installed like any other.
 */
export function bundlerOf(lockfile: Lockfile, { key, bundled }: LockEntry): LockEntry | undefined {
  if (!bundled) return undefined;
  const outer = outermost(lockfile, key);
  return outer?.bundled === false ? outer : undefined;
}

function outermost(lockfile: Lockfile, key: string): LockEntry | undefined {
  if (lockfile.format === 'bun') {
    // The enclosing keys are prefixes of its own; a scope contains a slash as well.
    for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1)) {
      const entry = lockfile.entry(key.slice(0, at));
      if (entry !== undefined) return entry;
    }
    return undefined;
  }
  const first = key.indexOf('node_modules/');
  const second = key.indexOf('/node_modules/', first + 1);
  return second === -1 ? undefined : lockfile.entry(key.slice(0, second));
}
