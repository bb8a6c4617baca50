import semver from 'semver';
import type { InstalledPatch } from '../record/entry-details.ts';
import type { PnpmLockSettings, PnpmPatch } from './pnpm-settings.ts';

/**
 * Returns a function that finds the patches of a package among the `patchedDependencies` of a lockfile, whose keys are
 * names, with or without a version or range.
 */
export function patchFinder(
  settings: PnpmLockSettings,
): (name: string, version: string | undefined) => readonly InstalledPatch[] {
  let patches: readonly PnpmPatch[] | undefined;
  return (name, version) => {
    patches ??= settings.patchedDependencies;
    return patches
      .filter(({ key }) => nameOf(key.value) === name)
      .filter(({ key }) => isOf(key.value.slice(name.length + 1), version))
      .map(({ key, hash, path }) => ({ path: path?.value, hash: hash?.value, text: path ?? hash ?? key }));
  };
}

function nameOf(key: string): string {
  const at = key.indexOf('@', 1);
  return at === -1 ? key : key.slice(0, at);
}

function isOf(range: string, version: string | undefined): boolean {
  return range === '' || range === version || (version !== undefined && semver.satisfies(version, range));
}
