import semver from 'semver';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import type { ManagerSpec } from '../manager-spec.ts';

/** Returns the generation by the version, else by the lockfile, else by configuration files. */
export const yarnGenerationOf: NonNullable<ManagerSpec['generationOf']> = ({ version, fileNames, hints }) => {
  if (version !== undefined) return semver.major(version) < 2 ? 'classic' : 'berry';
  if (hints.yarnLockfile !== undefined) return hints.yarnLockfile;
  if (fileNames.has('.yarnrc.yml')) return 'berry';
  return fileNames.has('.yarnrc') ? 'classic' : hints.yarnrc;
};

/** Returns `yarnPath` of the nearest .yarnrc.yml that has it, else of a .yarnrc. */
export function yarnPathIn(yarnrcs: readonly Yarnrc[]): string | undefined {
  const pathOf = (wanted: Yarnrc['dialect']) =>
    yarnrcs.find(({ dialect, yarnPath }) => dialect === wanted && yarnPath !== undefined)?.yarnPath?.value;
  return pathOf('berry') ?? pathOf('classic');
}

/** Returns `4.18.0` for `.yarn/releases/yarn-4.18.0.cjs`. */
export function versionInYarnPath(path: string | undefined): string | undefined {
  return /(?:^|[/\\])yarn-([^/\\]{1,100}?)\.c?js$/.exec(path ?? '')?.[1];
}

/** Returns which Yarn wrote a yarn.lock. Only later ones write `__metadata`. */
export function generationOfYarnLock(text: string): 'classic' | 'berry' {
  return /^__metadata:/m.test(text) ? 'berry' : 'classic';
}
