import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { askedEntries } from '../project/locked/asked-entries.ts';
import { versionKey, versionsOfManifests } from '../project/locked/direct-entries.ts';
import { registryVersion } from '../project/locked/locked-dependency.ts';
import type { Project } from '../project/project.ts';
import type { Facts } from '../rules/facts.ts';
import { hasScriptByRegistry } from './script-by-registry.ts';

/** Where it is looked up whether a locked package has an install script. */
export interface ScriptSources {
  readonly project: Project;
  readonly facts: Facts;
  /** Called for a package of which nothing says it. */
  unknown(name: string, reason: 'not-provided' | 'not-recorded'): void;
}

/**
 * Returns whether the package may have an install script, as far as the lockfile says: those of Yarn, npm up to 6, pnpm 9
 * and later, and older ones of Bun do not record it.
 */
export function mayHaveScript(
  { hasInstallScript }: LockEntry,
  { recordsInstallScripts }: Pick<Lockfile, 'recordsInstallScripts'>,
): boolean {
  return hasInstallScript === true || hasInstallScript === undefined || !recordsInstallScripts;
}

/**
 * Returns which locked packages registries are asked about, by lockfiles or manifests. Where the lockfile does not record
 * what manifests declare, these are looked at.
 */
export function askedBySomebody(project: Project): (entry: LockEntry) => boolean {
  const { lockfile } = project;
  let declared: ReadonlySet<string> | undefined;
  return (entry) => {
    if (lockfile === undefined || askedEntries(project).has(entry)) return lockfile !== undefined;
    if (lockfile.importers.size > 0) return false;
    declared ??= versionsOfManifests(lockfile, project);
    return declared.has(versionKey(entry));
  };
}

/**
 * Returns who says that the package has an install script; undefined where nobody does. What the lockfile does not record is
 * looked up in the registry's documents, of the packages that registries are asked about.
 */
export function scriptWitness(
  entry: LockEntry,
  { project, facts, unknown }: ScriptSources,
  isAskedAbout: (entry: LockEntry) => boolean,
): 'lockfile' | 'registry' | undefined {
  if (entry.hasInstallScript === true) return 'lockfile';
  if (project.lockfile === undefined || !mayHaveScript(entry, project.lockfile)) return undefined;
  const { name } = entry;
  const version = registryVersion(entry, name);
  if (version === undefined || project.memberNames.has(name)) return undefined;
  const isAsked = isAskedAbout(entry);
  // The others are asked about in other parts.
  if (!isAsked && project.askedRange !== undefined) return undefined;
  if (!isAsked || facts.unreachable !== undefined) {
    unknown(name, 'not-recorded');
    return undefined;
  }
  const fact = facts.packument(name);
  if (fact.state !== 'ready') return undefined;
  const isTold = hasScriptByRegistry(fact.value, version);
  if (isTold === undefined) unknown(name, 'not-provided');
  return isTold === true ? 'registry' : undefined;
}
