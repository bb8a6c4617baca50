import { scriptEffect } from '../../know/scripts/script-effect.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { guardingSettings } from './guarding-settings.ts';
import { deniedPackage } from './setting-weakening.ts';

type Settings = Pick<Project, 'rootManifest' | 'pnpmWorkspace'>;

/** A list of packages whose scripts run that is gone as a whole. */
export interface LostList {
  readonly key: string;
  /** Its items, as they may be shown. */
  readonly before: string;
  /** What follows, as the end of a sentence. */
  readonly effect: string;
}

/** Returns the lists that are gone, each once, where the package manager runs more scripts without one. */
export function lostLists(changes: readonly ConfigurationChange[], project: Project): readonly LostList[] {
  const { withoutList } = specOf(project.manager).scripts;
  const script = scriptEffect(project);
  const gone = changes.filter(({ after, isRepeated }) => after === undefined && isRepeated !== true);
  return [...new Set(gone.map(({ key }) => key))].flatMap((key) => {
    const effect = isThere(key, project) ? undefined : withoutList?.(key.replace(/^pnpm\./, ''), script);
    const items = gone.filter((change) => change.key === key).map(({ before = '' }) => before);
    return effect === undefined ? [] : [{ key, before: items.join(', '), effect }];
  });
}

function isThere(key: string, project: Settings): boolean {
  const list = key.replace(/^pnpm\./, '');
  return settingsOf(project).some((setting) => setting.key.replace(/^pnpm\./, '') === list);
}

/** Checks whether the scripts of a package that were denied may run: it is locked, and nothing else denies them. */
export function mayRun(name: string, project: Project): boolean {
  const { lockfile } = project;
  const isLocked = lockfile?.entries.some((entry) => entry.name === name || entry.alias === name) ?? true;
  return isLocked && !settingsOf(project).some((setting) => deniedPackage(setting) === name);
}

function settingsOf({ rootManifest, pnpmWorkspace }: Settings): ReturnType<typeof guardingSettings> {
  return [rootManifest, pnpmWorkspace].flatMap((file) => (file === undefined ? [] : guardingSettings(file)));
}
