import semver from 'semver';
import { MANAGERS } from './managers.ts';
import type { PackageManagerName } from './package-manager.ts';

/** Parses `npm@11.19.1+sha512.abc` as name and version; undefined if the name is unknown. */
export function readPackageManager(
  text: string | undefined,
): { readonly name: PackageManagerName; readonly version: string | undefined } | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('@', 1);
  const name = managerNamed(at === -1 ? text : text.slice(0, at));
  if (name === undefined) return undefined;
  return { name, version: at === -1 ? undefined : exactVersion(text.slice(at + 1).split('+')[0]) };
}

/** Returns the package manager with this name, if known. */
export function managerNamed(text: string): PackageManagerName | undefined {
  return MANAGERS.find(({ name }) => name === text)?.name;
}

/** Returns the version if it is exact. */
export function exactVersion(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (semver.valid(text) ?? undefined);
}
