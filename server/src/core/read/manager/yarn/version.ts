import semver from 'semver';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import type { ManagerSpec } from '../manager-spec.ts';

/** By its version, else by its lockfile, else by its configuration: Yarn 1 and the later ones share little but the name. */
export const yarnGenerationOf: NonNullable<ManagerSpec['generationOf']> = ({ version, fileNames, hints }) => {
  if (version !== undefined) return semver.major(version) < 2 ? 'classic' : 'berry';
  if (hints.yarnLockfile !== undefined) return hints.yarnLockfile;
  if (fileNames.has('.yarnrc.yml')) return 'berry';
  return fileNames.has('.yarnrc') ? 'classic' : hints.yarnrc;
};

/** Returns the path of the release that is run instead: of the nearest .yarnrc.yml that names one, else of a .yarnrc. */
export function yarnPathIn(yarnrcs: readonly Yarnrc[]): string | undefined {
  const pathOf = (wanted: Yarnrc['dialect']) =>
    yarnrcs.find(({ dialect, yarnPath }) => dialect === wanted && yarnPath !== undefined)?.yarnPath?.value;
  return pathOf('berry') ?? pathOf('classic');
}

/** Returns `4.18.0` of `.yarn/releases/yarn-4.18.0.cjs`. */
export function versionInYarnPath(path: string | undefined): string | undefined {
  return /(?:^|[/\\])yarn-([^/\\]{1,100}?)\.c?js$/.exec(path ?? '')?.[1];
}

/** Returns which Yarn wrote the text of a yarn.lock: only later ones say something of the file itself. */
export function generationOfYarnLock(text: string): 'classic' | 'berry' {
  return /^__metadata:/m.test(text) ? 'berry' : 'classic';
}
