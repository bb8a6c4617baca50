import semver from 'semver';
import { pnpmMajor } from '../../know/scripts/script-effect.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';

const DAY = 1440;

/** Returns the least age of a release that a project's package manager asks for where no setting says one, in minutes. */
export function defaultReleaseAge(project: Project): number {
  const { manager, lockfile } = project;
  if (manager.name === 'pnpm') return pnpmMajor(project) >= 11 ? DAY : 0;
  if (manager.name !== 'yarn' || manager.yarn !== 'berry') return 0;
  if (manager.version !== undefined) return semver.gte(manager.version, '4.17.0') ? DAY : 0;
  return Number(lockfile?.formatVersion?.value ?? 0) >= 10 ? DAY : 0;
}

/** The first version of yarn.lock with which Yarn has a default that it keeps away from older projects itself. */
const WRITTEN_UP_TO: Readonly<Record<string, number>> = {
  enableScripts: 9,
  approvedGitRepositories: 9,
  npmMinimalAgeGate: 10,
};

/** Tells whether Yarn writes a setting when it brings the lockfile of the base up to date, so that all stays as it was. */
export function isWrittenByYarn({ key, before }: ConfigurationChange, project: Project): boolean {
  const version = WRITTEN_UP_TO[key];
  const { manager, lockfile, committedLockfile, lockfileBase } = project;
  if (version === undefined || before !== undefined || manager.yarn !== 'berry') return false;
  const base = lockfileBase === 'same' ? lockfile : committedLockfile;
  return Number(base?.formatVersion?.value ?? version) < version;
}
