import semver from 'semver';

/** Returns whether a version is known to be this one or a later one. */
export function isFrom(version: string | undefined, least: string): boolean {
  return version !== undefined && semver.gte(version, least);
}

/** Returns whether a version is this one or a later one, or is not known. */
export function mayBeFrom(version: string | undefined, least: string): boolean {
  return version === undefined || semver.gte(version, least);
}

/** Returns whether a version is before this one, or is not known. */
export function mayBeBefore(version: string | undefined, first: string): boolean {
  return version === undefined || semver.lt(version, first);
}

/** Returns the major version, where the version is known. */
export function majorOf(version: string | undefined): number | undefined {
  return version === undefined ? undefined : semver.major(version);
}
