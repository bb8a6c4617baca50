import semver from 'semver';
import type { LockEntry } from '../lockfile/lockfile.ts';
import type { Project } from '../project/project.ts';
import { majorOf } from './script-effect.ts';

/** Whether a package's scripts are allowed or denied; undefined where nobody decided. */
export type Decide = (entry: LockEntry) => boolean | undefined;

type Sources = Pick<Project, 'manager' | 'rootManifest' | 'pnpmWorkspace' | 'lockfile'>;

/**
 * pnpm's decisions: `allowBuilds` by name, with versions or without; before it lists of names, in pnpm-workspace.yaml
 * and up to pnpm 10 in package.json. A list of the ones that are built denies all others up to pnpm 9.
 */
export function pnpmDecisions({ manager, rootManifest, pnpmWorkspace, lockfile }: Sources): Decide {
  const major = majorOf(manager.version) ?? (lockfile?.recordsInstallScripts === true ? 9 : 11);
  const field = major < 11 ? rootManifest?.pnpm : undefined;
  const namesOf = (list: 'onlyBuiltDependencies' | 'ignoredBuiltDependencies' | 'neverBuiltDependencies') =>
    major < 11 ? [...(pnpmWorkspace?.[list] ?? []), ...(field?.[list] ?? [])].map(({ value }) => value) : [];
  const built = namesOf('onlyBuiltDependencies');
  const denied = new Set([...namesOf('ignoredBuiltDependencies'), ...namesOf('neverBuiltDependencies')]);
  const builds = (pnpmWorkspace?.allowBuilds ?? []).map(({ key, value }) => ({
    ...splitKey(key.value),
    allowed: value?.value,
  }));
  return (entry) => {
    const { name, version } = entry;
    const own = builds.filter(
      (item) =>
        item.name === name && (item.versions === undefined || item.versions.includes(version?.value ?? '')),
    );
    if (own.some(({ allowed }) => allowed === false) || denied.has(name)) return false;
    if (own.some(({ allowed }) => allowed === true) || built.includes(name)) return true;
    return built.length > 0 && major < 10 ? false : undefined;
  };
}

/** `name` or `name@1.0.0 || 1.0.1`. */
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
 * Bun's decisions: the names in `trustedDependencies`. Without that field Bun goes by a list of its own, of which nothing
 * is known here: then all counts as decided.
 */
export function bunDecisions({ rootManifest }: Sources): Decide {
  const trusted = rootManifest?.trustedDependencies?.names.map(({ value }) => value);
  return ({ name, alias }) => {
    if (trusted === undefined) return true;
    return trusted.includes(alias ?? name) || trusted.includes(name) ? true : undefined;
  };
}
