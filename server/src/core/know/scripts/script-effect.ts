import semver from 'semver';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import type { Project } from '../../read/project/project.ts';

/**
 * What happens to an unreviewed install script: it runs, it is skipped, the install fails because of it, or a setting
 * disables all scripts.
 */
export type ScriptEffect = 'runs' | 'skipped' | 'fails' | 'ignored';

/**
 * Returns the effect according to the project's package manager and its settings. An unknown version is assumed to be
 * the most common one.
 */
export function scriptEffect(
  project: Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'lockfile' | 'bunfig' | 'yarnrcs'>,
): ScriptEffect {
  const { manager, npmConfig, bunfig } = project;
  switch (manager.name) {
    case 'npm': {
      if (npmConfig.get('ignore-scripts')?.value === 'true') return 'ignored';
      const version = manager.version ?? '11.21.0';
      const isStrict =
        npmConfig.get('strict-allow-scripts')?.value === 'true' && semver.gte(version, '11.16.0');
      if (isStrict) return 'fails';
      return semver.major(version) >= 12 ? 'skipped' : 'runs';
    }
    case 'pnpm':
      return effectOfPnpm(project);
    case 'bun':
      return bunfig?.ignoreScripts?.value === true ? 'ignored' : 'skipped';
    case 'yarn':
      return manager.yarn === 'classic' ? effectOfClassic(project) : effectOfBerry(project);
  }
}

/** Yarn 1 reads the setting from .yarnrc and .npmrc. */
function effectOfClassic({ npmConfig, yarnrcs }: Pick<Project, 'npmConfig' | 'yarnrcs'>): ScriptEffect {
  const isSet = yarnrcs.some((yarnrc) => {
    const value = yarnrc.setting('ignore-scripts')?.value;
    return value?.type === 'scalar' && value.text === 'true';
  });
  return isSet || npmConfig.get('ignore-scripts')?.value === 'true' ? 'ignored' : 'runs';
}

/** `enableScripts` is off by default since Yarn 4.14; then only what `dependenciesMeta` allows runs. */
function effectOfBerry({ manager, yarnrcs }: Pick<Project, 'manager' | 'yarnrcs'>): ScriptEffect {
  const set = yarnrcs.find(({ enableScripts }) => enableScripts !== undefined)?.enableScripts?.value;
  if (set !== undefined) return set ? 'runs' : 'ignored';
  return manager.version !== undefined && semver.gte(manager.version, '4.14.0') ? 'skipped' : 'runs';
}

/**
 * pnpm up to 9 runs scripts, pnpm 10 skips them, and pnpm 11 fails because of them. Its newer lockfiles do not list
 * them.
 */
function effectOfPnpm({
  manager,
  npmConfig,
  pnpmWorkspace,
  lockfile,
}: Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'lockfile'>): ScriptEffect {
  const setting = (key: string) => {
    const value = pnpmWorkspace?.setting(key)?.value;
    return value?.type === 'scalar' ? value.value : undefined;
  };
  const major = pnpmMajor({ manager, lockfile });
  const ofNpm = major < 11 && npmConfig.get('ignore-scripts')?.value === 'true';
  if (ofNpm || setting('ignoreScripts') === true) return 'ignored';
  if (major < 10 || setting('dangerouslyAllowAllBuilds') === true) return 'runs';
  return major === 10 || setting('strictDepBuilds') === false ? 'skipped' : 'fails';
}

/** Formats `npm up to 11 will run it`: for an unknown version, the last that does so. */
export function effectWords(
  effect: ScriptEffect,
  manager: PackageManagerName,
  major: number | null,
  words: (name: PackageManagerName, major?: number) => string,
): string {
  const who = major === null ? words(manager) : words(manager, major);
  switch (effect) {
    case 'ignored':
      return manager === 'npm'
        ? 'only ignore-scripts keeps it from running'
        : 'only a setting keeps it from running';
    case 'fails':
      return manager === 'npm' ? 'strict-allow-scripts makes the install fail' : `${who} fails the install`;
    case 'skipped':
      return `${who} will skip it`;
    case 'runs': {
      const last = { npm: 'npm up to 11', pnpm: 'pnpm up to 9', yarn: who, bun: who }[manager];
      return `${major === null ? last : who} will run it`;
    }
  }
}

/** Returns the major version of pnpm; if none is declared, the most common one that writes such a lockfile. */
export function pnpmMajor({ manager, lockfile }: Pick<Project, 'manager' | 'lockfile'>): number {
  return majorOf(manager.version) ?? (lockfile?.recordsInstallScripts === true ? 9 : 11);
}

export function majorOf(version: string | undefined): number | undefined {
  return version === undefined ? undefined : semver.major(version);
}
