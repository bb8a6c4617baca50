import type { LockEntry, Lockfile } from './lockfile.ts';

/**
 * The package in whose tarball a bundled one lies: the outermost one around it. Undefined for what is not bundled, and for
 * what the project bundles itself, which is installed like anything else.
 */
export function bundlerOf(lockfile: Lockfile, { key, bundled }: LockEntry): LockEntry | undefined {
  if (!bundled) return undefined;
  const outer = outermost(lockfile, key);
  return outer?.bundled === false ? outer : undefined;
}

function outermost(lockfile: Lockfile, key: string): LockEntry | undefined {
  if (lockfile.format === 'bun') {
    // The keys around it are parts of its own; a scope holds a slash as well.
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
