import type { LockEntry } from '../lockfile.ts';
import { isUnfit } from '../unfit-version.ts';
import type { BunLockfile } from './bun-lockfile.ts';

/** A package, and the range of a dependent that its version is not in. */
export interface UnfitPackage {
  readonly entry: LockEntry;
  readonly range: string;
}

/**
 * Packages of another version than a package or member that depends on them asks for: Bun installs what the file says, and does not
 * compare the two. Peers may be others, and so may be what the file's overrides name.
 */
export function* unfitPackages(lockfile: BunLockfile): Generator<UnfitPackage, void> {
  const overridden = new Set(lockfile.overrides.map(({ path }) => path.at(-1)?.value));
  const importers = new Set<LockEntry>(lockfile.importers.values());
  for (const from of [...importers, ...lockfile.entries]) {
    for (const edge of from.edges) {
      const { section, name, specifier } = edge;
      const isInstalled =
        section === 'dependencies' ||
        section === 'optionalDependencies' ||
        (section === 'devDependencies' && importers.has(from));
      if (!isInstalled || overridden.has(name)) continue;
      const entry = lockfile.follow(from, edge);
      const version = entry?.source === 'registry' ? entry.version?.value : undefined;
      const range = /^npm:/.test(specifier.value) ? rangeOfAlias(specifier.value) : specifier.value;
      if (entry !== undefined && version !== undefined && isUnfit(version, range)) yield { entry, range };
    }
  }
}

/** `^1.0.0` of `npm:real@^1.0.0`; "" where it names no range. */
function rangeOfAlias(specifier: string): string {
  const at = specifier.indexOf('@', 'npm:@'.length);
  return at === -1 ? '' : specifier.slice(at + 1);
}
