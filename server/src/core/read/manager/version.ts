import semver from 'semver';

/** Returns whether a version is known and at least `least`. */
export function isFrom(version: string | undefined, least: string): boolean {
  return version !== undefined && semver.gte(version, least);
}

/** Returns whether a version is unknown or at least `least`. */
export function mayBeFrom(version: string | undefined, least: string): boolean {
  return version === undefined || semver.gte(version, least);
}

/** Returns whether a version is unknown or before `first`. */
export function mayBeBefore(version: string | undefined, first: string): boolean {
  return version === undefined || semver.lt(version, first);
}

/** Returns the major version, if the version is known. */
export function majorOf(version: string | undefined): number | undefined {
  return version === undefined ? undefined : semver.major(version);
}
