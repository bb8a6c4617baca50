import semver from 'semver';
import { readPackageManager } from '../../project/manager/package-manager.ts';
import type { ConfigurationChange } from './configuration-change.ts';

const DEV_ENGINES = 'devEngines.packageManager.';
/** What devEngines lets npm and pnpm do where another manager or version runs. */
const ON_FAIL = /^(?:ignore|warn|error|download)$/;

/**
 * Returns whether a changed setting of package.json does no more than ask for another published version of the same
 * package manager, or pin the first one, as tools for updates do every week. Not one from a URL, another manager, another
 * hash of the same version, or a version without the hash that the one before it had.
 */
export function isManagerUpdate({ key, before, after = '' }: ConfigurationChange): boolean {
  if (key === 'packageManager') {
    const now = pinIn(after);
    if (now === undefined || before === undefined) return now !== undefined;
    const was = pinIn(before);
    if (was?.name !== now.name || was.version === now.version) return false;
    return was.hash === '' || now.hash !== '';
  }
  switch (key.startsWith(DEV_ENGINES) ? key.slice(DEV_ENGINES.length) : undefined) {
    case 'name':
      return before === undefined && readPackageManager(after) !== undefined && !after.includes('@');
    case 'version':
      return semver.validRange(after) !== null;
    case 'onFail':
      return ON_FAIL.test(after);
    default:
      return false;
  }
}

function pinIn(text: string): { name: string; version: string; hash: string } | undefined {
  const pinned = readPackageManager(text);
  if (pinned?.version === undefined) return undefined;
  const { name, version } = pinned;
  const hash = /^\+sha\d{1,3}\.[\da-f]+$/.exec(text.slice(name.length + 1 + version.length))?.[0] ?? '';
  // Written as is, so that a URL with a version in it is none.
  return text === `${name}@${version}${hash}` ? { name, version, hash } : undefined;
}
