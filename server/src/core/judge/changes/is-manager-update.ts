import semver from 'semver';
import { specNamed } from '../../read/manager/managers.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import { readPackageManager } from '../../read/manager/read-package-manager.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';

const DEV_ENGINES = 'devEngines.packageManager.';
const VOLTA = 'volta.';
/** Keys of rush.json. */
const OF_RUSH = /^(rush|npm|pnpm|yarn)Version$/;
/** What npm and pnpm do on a mismatch with devEngines. */
const ON_FAIL = /^(?:ignore|warn|error|download)$/;

/**
 * Checks whether a changed setting of package.json only requests a later published version of the same package manager,
 * or pins one for the first time, as update tools do every week. False for a URL, another manager, an older version,
 * another hash of the same version, or a version that loses the hash of its predecessor.
 *
 * @param named the package manager that devEngines names
 */
export function isManagerUpdate(
  { key, before, after = '' }: ConfigurationChange,
  named?: string | undefined,
): boolean {
  if (key === 'packageManager') {
    const now = pinIn(after);
    if (now === undefined) return false;
    if (before === undefined) return isMaintained(now.name, now.version);
    const was = pinIn(before);
    if (was?.name !== now.name || !isLater(now.version, was.version)) return false;
    return was.hash === '' || now.hash !== '';
  }
  if (key.startsWith(VOLTA)) {
    const name = readPackageManager(key.slice(VOLTA.length))?.name;
    if (name === undefined || semver.valid(after) === null) return false;
    return before === undefined ? isMaintained(name, after) : isLater(after, before);
  }
  const [, ofRush] = OF_RUSH.exec(key) ?? [];
  if (ofRush !== undefined) {
    if (semver.valid(after) === null) return false;
    if (before !== undefined) return isLater(after, before);
    return ofRush === 'rush' || isMaintained(ofRush as PackageManagerName, after);
  }
  switch (key.startsWith(DEV_ENGINES) ? key.slice(DEV_ENGINES.length) : undefined) {
    case 'name':
      return before === undefined && readPackageManager(after) !== undefined && !after.includes('@');
    case 'version':
      return isLaterRange(after, before) && (before !== undefined || isMaintainedRange(named, after));
    case 'onFail':
      return ON_FAIL.test(after);
    default:
      return false;
  }
}

function isMaintained(name: PackageManagerName, version: string): boolean {
  return semver.valid(version) !== null && semver.major(version) >= specNamed(name).firstMaintained;
}

/** Without a name, that is what is reported. */
function isMaintainedRange(named: string | undefined, range: string): boolean {
  const name = readPackageManager(named ?? '')?.name;
  const least = semver.validRange(range) === null ? null : semver.minVersion(range);
  return name === undefined || least === null || !/\d/.test(range) || isMaintained(name, least.version);
}

function isLater(now: string, was: string): boolean {
  return semver.valid(now) !== null && semver.valid(was) !== null && semver.gt(now, was);
}

/** Checks whether the minimum version of a range is at least that of the previous one. */
function isLaterRange(now: string, was: string | undefined): boolean {
  if (semver.validRange(now) === null) return false;
  if (was === undefined || semver.validRange(was) === null) return true;
  return semver.gte(semver.minVersion(now)!, semver.minVersion(was)!);
}

function pinIn(text: string): { name: PackageManagerName; version: string; hash: string } | undefined {
  const pinned = readPackageManager(text);
  if (pinned?.version === undefined) return undefined;
  const { name, version } = pinned;
  const hash = /^\+sha\d{1,3}\.[\da-f]+$/.exec(text.slice(name.length + 1 + version.length))?.[0] ?? '';
  // Compared verbatim, which rejects URLs that contain a version.
  return text === `${name}@${version}${hash}` ? { name, version, hash } : undefined;
}
