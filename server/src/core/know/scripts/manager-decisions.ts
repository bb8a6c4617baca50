import semver from 'semver';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import { groupBy } from '../../read/text/group-by.ts';

/** A decision in the project's files on the install scripts of a package. */
export interface ScriptDecision {
  readonly allowed: boolean;
  /** The setting with the decision. */
  readonly setting: string;
  /**
   * names: every version of the name; versions: the locked one; omission: denied, because a list of the others omits
   * it.
   */
  readonly by: 'names' | 'versions' | 'omission';
}

/** A locked package, or any version of a name. */
export type ScriptSubject = Pick<LockEntry, 'name'> & Partial<Pick<LockEntry, 'alias' | 'version'>>;

/** Undefined if there is no decision. */
export type Decide = (subject: ScriptSubject) => ScriptDecision | undefined;

/**
 * Reads pnpm's decisions: `allowBuilds` by name, with or without versions; before it lists of names, in
 * pnpm-workspace.yaml and up to pnpm 10 in package.json. A list of built packages denies all others up to pnpm 9.
 * @param major of pnpm
 */
export function pnpmDecisions(
  { rootManifest, pnpmWorkspace }: Pick<Project, 'rootManifest' | 'pnpmWorkspace'>,
  major: number,
): Decide {
  const field = major < 11 ? rootManifest?.pnpm : undefined;
  const namesOf = (list: 'onlyBuiltDependencies' | 'ignoredBuiltDependencies' | 'neverBuiltDependencies') =>
    new Set(
      major < 11
        ? [...(pnpmWorkspace?.[list] ?? []), ...(field?.[list] ?? [])].map(({ value }) => value)
        : [],
    );
  const built = namesOf('onlyBuiltDependencies');
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
    return (
      inBuilds(false) ??
      inList(ignored, 'ignoredBuiltDependencies', false) ??
      inList(never, 'neverBuiltDependencies', false) ??
      inBuilds(true) ??
      inList(built, 'onlyBuiltDependencies', true) ??
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

/**
 * Reads Bun's decisions: the names in `trustedDependencies`. Undefined without that field, because Bun then uses a
 * built-in list, which is unknown here.
 */
export function bunDecisions({ rootManifest }: Pick<Project, 'rootManifest'>): Decide | undefined {
  const names = rootManifest?.trustedDependencies?.names;
  if (names === undefined) return undefined;
  const trusted = new Set(names.map(({ value }) => value));
  return ({ name, alias }) =>
    trusted.has(alias ?? name) || trusted.has(name)
      ? { allowed: true, setting: 'trustedDependencies', by: 'names' }
      : undefined;
}

/**
 * Reads the decisions of Yarn 2 and later: `built` in the root's `dependenciesMeta`, by name or by name and exact
 * version; the version takes precedence.
 */
export function yarnDecisions({ rootManifest }: Pick<Project, 'rootManifest'>): Decide {
  return ({ name, version }) => {
    const builtOf = (key: string) => rootManifest?.dependenciesMeta.get(key)?.built?.value;
    const exact = version === undefined ? undefined : builtOf(`${name}@${version.value}`);
    const allowed = exact ?? builtOf(name);
    if (allowed === undefined) return undefined;
    return { allowed, setting: 'dependenciesMeta', by: exact === undefined ? 'names' : 'versions' };
  };
}
