import semver from 'semver';
import { groupBy } from '../../text/group-by.ts';
import type { BuildList, Decide, DecisionSources, ScriptDecision } from '../model/scripts.ts';

/**
 * Reads pnpm's decisions: `allowBuilds` by name, with or without versions; before it lists of names, in
 * pnpm-workspace.yaml and up to pnpm 10 in package.json. A list of built packages denies all others up to pnpm 9.
 * @param major of pnpm
 */
export function pnpmDecisions(
  { rootManifest, pnpmWorkspace }: Pick<DecisionSources, 'rootManifest' | 'pnpmWorkspace'>,
  major: number,
): Decide {
  const field = major < 11 ? rootManifest?.pnpm : undefined;
  const namesOf = (list: BuildList) =>
    new Set(
      major < 11
        ? [...(pnpmWorkspace?.[list] ?? []), ...(field?.[list] ?? [])].map(({ value }) => value)
        : [],
    );
  const listed = [...namesOf('onlyBuiltDependencies')];
  // Since 10.19 with versions; older ones find no package of such a name.
  const built = groupBy(listed.map(splitKey), ({ name }) => name);
  const ignored = namesOf('ignoredBuiltDependencies');
  const never = namesOf('neverBuiltDependencies');
  const builds = groupBy(
    (pnpmWorkspace?.allowBuilds ?? []).map(({ key, value }) => ({
      ...splitKey(key.value),
      allowed: value?.value,
    })),
    ({ name }) => name,
  );
  return ({ name, version }) => {
    const own = (builds.get(name) ?? []).filter(
      ({ versions }) => versions === undefined || versions.includes(version?.value ?? ''),
    );
    const inBuilds = (allowed: boolean): ScriptDecision | undefined => {
      const items = own.filter((item) => item.allowed === allowed);
      if (items.length === 0) return undefined;
      const isByName = items.some(({ versions }) => versions === undefined);
      return { allowed, setting: 'allowBuilds', by: isByName ? 'names' : 'versions' };
    };
    const inList = (
      list: ReadonlySet<string>,
      setting: string,
      allowed: boolean,
    ): ScriptDecision | undefined => (list.has(name) ? { allowed, setting, by: 'names' } : undefined);
    const inBuilt = (): ScriptDecision | undefined => {
      const items = built
        .get(name)
        ?.filter(({ versions }) => versions?.includes(version?.value ?? '') ?? true);
      if (items === undefined || items.length === 0) return undefined;
      const by = items.some(({ versions }) => versions === undefined) ? 'names' : 'versions';
      return { allowed: true, setting: 'onlyBuiltDependencies', by };
    };
    return (
      inBuilds(false) ??
      inList(ignored, 'ignoredBuiltDependencies', false) ??
      inList(never, 'neverBuiltDependencies', false) ??
      inBuilds(true) ??
      inBuilt() ??
      (built.size > 0 && major < 10
        ? { allowed: false, setting: 'onlyBuiltDependencies', by: 'omission' }
        : undefined)
    );
  };
}

/** Splits `name` or `name@1.0.0 || 1.0.1`. */
function splitKey(key: string): { readonly name: string; readonly versions: readonly string[] | undefined } {
  const at = key.indexOf('@', 1);
  if (at === -1) return { name: key, versions: undefined };
  const versions = key
    .slice(at + 1)
    .split('||')
    .map((version) => version.trim());
  return { name: key.slice(0, at), versions: versions.filter((version) => semver.valid(version) !== null) };
}
