import { managerTitle } from '../../read/manager/manager-title.ts';
import { specNamed, specOf } from '../../read/manager/managers.ts';
import type { ScriptEffect } from '../../read/manager/model/scripts.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import type { Project } from '../../read/project/project.ts';

/** Returns what becomes of undecided install scripts, by the project's package manager and its settings. */
export function scriptEffect(
  project: Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'lockfile' | 'bunfig' | 'yarnrcs'>,
): ScriptEffect {
  return specOf(project.manager).scripts.effect(project);
}

/** Formats `npm up to 11 will run it`: for an unknown version, the last that does so. */
export function describeEffect(
  effect: ScriptEffect,
  manager: PackageManagerName,
  major: number | null,
): string {
  const { ignoredBy, failure, lastToRun } = specNamed(manager).scripts;
  const who = major === null ? managerTitle(manager) : managerTitle(manager, major);
  switch (effect) {
    case 'ignored':
      return `only ${ignoredBy} keeps it from running`;
    case 'fails':
      return failure ?? `${who} fails the install`;
    case 'skipped':
      return `${who} will skip it`;
    case 'runs':
      return `${major === null ? (lastToRun ?? who) : who} will run it`;
  }
}
