import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';

const MINUTE = 60_000;

/** Returns the project's cooldown in minutes if no setting changes it; 0 for none. */
export function defaultReleaseAge({ manager, lockfile }: Project): number {
  const { defaultAge, defaultAgeByLockfile } = specOf(manager).cooldown;
  const age = manager.version === undefined ? defaultAgeByLockfile?.(lockfile) : defaultAge(manager.version);
  return (age ?? 0) / MINUTE;
}

/** Checks whether the package manager added a setting when it upgraded the base's lockfile, which changes nothing. */
export function isWrittenOnUpgrade({ key, before }: ConfigurationChange, project: Project): boolean {
  const { manager, lockfile, committedLockfile, lockfileBase } = project;
  const version = specOf(manager).settings.keys.writtenOnUpgrade?.[key];
  if (version === undefined || before !== undefined) return false;
  const base = lockfileBase === 'same' ? lockfile : committedLockfile;
  return Number(base?.formatVersion?.value ?? version) < version;
}
