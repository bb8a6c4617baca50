import { camelCaseKey } from '../../read/config/setting-name.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { nameOf, relativeUri } from '../../read/text/paths/uri.ts';
import { guardingSettings } from './guarding-settings.ts';
import { durationOf } from './setting-weakening.ts';

/** A setting of a configuration file in the base that was removed entirely. */
export interface GoneSetting {
  /** The file's path below the root, or its name if it was above the root. */
  readonly file: string;
  readonly change: ConfigurationChange;
}

/** Returns the settings removed with whole files since the base, except those now in another file of the project. */
export function goneSettings(project: Project): readonly GoneSetting[] {
  const { root, sinceBase } = project;
  return (sinceBase.gone.get(root) ?? []).flatMap(({ uri, settings }) => {
    const path = relativeUri(root, uri);
    const file = path === uri ? nameOf(uri) : path;
    return settings
      .filter((change) => !isKept(change, file, project))
      .map((change): GoneSetting => ({ file, change }));
  });
}

/**
 * Checks whether any configuration file of the project still has the meaning of a removed setting, in any package
 * manager's terms.
 */
export function isKept(
  { key, before = '' }: ConfigurationChange,
  file: string,
  { npmConfig, pnpmWorkspace, yarnrcs, bunfig }: Project,
): boolean {
  const was = meaningOf(key, before, file);
  const own = yarnrcs.filter(({ level }) => level === 'project');
  return [npmConfig.project, pnpmWorkspace, ...own, bunfig].some(
    (other) => other !== undefined && says(other, was),
  );
}

interface Meaning {
  readonly what: string;
  /** Minutes for an age. */
  readonly value: string | number;
}

function says(file: CheckedFile & { readonly uri: string }, was: Meaning): boolean {
  return guardingSettings(file).some(({ key, value }) => {
    const now = meaningOf(key, value, nameOf(file.uri));
    if (now.what !== was.what) return false;
    return typeof was.value === 'number' ? Number(now.value) >= was.value : now.value === was.value;
  });
}

function meaningOf(key: string, value: string, file: string): Meaning {
  const served = servedBy(key);
  if (served !== undefined) return { what: served, value: value.replace(/\/$/, '') };
  const name = camelCaseKey(key.replace(/^--(?:[\w-]+\.)?/, '').replace(/^install\./, ''));
  if (name === 'ignoreScripts') return { what: 'scripts', value: value === 'true' ? 'off' : 'on' };
  if (name === 'enableScripts') return { what: 'scripts', value: value === 'false' ? 'off' : 'on' };
  const unit = AGES[`${name} ${file}`] ?? AGES[name];
  return unit === undefined ? { what: name, value } : { what: 'age', value: durationOf(value) * unit };
}

/** Minimum release age settings, with the unit of their numbers in minutes. */
const AGES: Readonly<Record<string, number>> = {
  minReleaseAge: 1440,
  minimumReleaseAge: 1,
  npmMinimalAgeGate: 1,
  'minimumReleaseAge bunfig.toml': 1 / 60,
};

/**
 * Returns what a registry setting applies to: `registry of @acme`, or `registry` for everything else; undefined for
 * other settings.
 */
export function servedBy(key: string): string | undefined {
  if (/^(?:registry|registries\.default|npmRegistryServer|install\.registry(?:\.url)?)$/.test(key))
    return 'registry';
  const [, ...scopes] =
    /^(?:@([^:]+):registry|registries\.@(.+)|npmScopes\.([^.]+)\.npmRegistryServer|install\.scopes\.@?([^.]+)(?:\.url)?)$/.exec(
      key,
    ) ?? [];
  const scope = scopes.find((one) => one !== undefined);
  return scope === undefined ? undefined : `registry of @${scope}`;
}
