import semver from 'semver';
import { specOf } from '../../read/manager/managers.ts';
import { isLooseValue, type ScriptEffect } from '../../read/manager/model/scripts.ts';
import type { PackageManager } from '../../read/manager/package-manager.ts';
import type { Project } from '../../read/project/project.ts';

/** Returns what becomes of undecided install scripts, by the project's package manager and its settings. */
export function scriptEffect(
  project: Pick<
    Project,
    'manager' | 'npmConfig' | 'pnpmWorkspace' | 'rootManifest' | 'lockfile' | 'bunfig' | 'yarnrcs'
  >,
): ScriptEffect {
  return specOf(project.manager).scripts.effect(project);
}

/** Checks for a setting that runs all scripts, also those that are denied. */
export function runsAll(
  project: Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'rootManifest' | 'lockfile'>,
): boolean {
  const { npmConfig, pnpmWorkspace } = project;
  return specOf(project.manager)
    .scripts.loose(project)
    .some((setting) => {
      const { file, key, lets } = setting;
      if (lets !== 'all') return false;
      if (file === 'npmrc') return isLooseValue(setting, npmConfig.get(key)?.value);
      const node = pnpmWorkspace?.setting(key)?.value;
      return node?.type === 'scalar' && isLooseValue(setting, node.value);
    });
}

/**
 * Formats `npm 12 will skip it`, or `them` for several scripts: for an unknown version that runs it, the last that does
 * so.
 */
export function describeEffect(
  effect: ScriptEffect,
  manager: PackageManager,
  script: 'it' | 'them' = 'it',
): string {
  const { title, scripts } = specOf(manager);
  const { ignoredBy, failure, lastToRun, changedWithin, notice } = scripts;
  const { version } = manager;
  const who = version === undefined ? title : `${title} ${shortVersion(version, changedWithin)}`;
  const how = notice?.(effect, version);
  const after = how === undefined ? '' : ` ${how}`;
  switch (effect) {
    case 'ignored':
      return `only ${ignoredBy} keeps ${script} from running`;
    case 'fails':
      return failure ?? `${who} fails the install`;
    case 'skipped':
      return `${who} will skip ${script}${after}`;
    case 'runs':
      return `${version === undefined ? (lastToRun ?? who) : who} will run ${script}${after}`;
  }
}

function shortVersion(version: string, changedWithin: readonly number[]): string {
  const { major, minor } = semver.parse(version) ?? { major: 0, minor: 0 };
  return changedWithin.includes(major) ? `${major}.${minor}` : String(major);
}
