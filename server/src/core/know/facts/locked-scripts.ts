import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { versionKey, versionsOfManifests } from '../../read/project/locked/direct-entries.ts';
import type { Project } from '../../read/project/project.ts';
import { hasScriptByRegistry } from '../scripts/script-by-registry.ts';
import { type AnswerSources, registryAnswer } from './registry-answer.ts';

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
  sources: AnswerSources,
  isAskedAbout: (entry: LockEntry) => boolean,
): 'lockfile' | 'registry' | undefined {
  if (entry.hasInstallScript === true) return 'lockfile';
  const { lockfile } = sources.project;
  if (lockfile === undefined || !mayHaveScript(entry, lockfile)) return undefined;
  return registryAnswer(entry, sources, isAskedAbout, hasScriptByRegistry) === true ? 'registry' : undefined;
}
