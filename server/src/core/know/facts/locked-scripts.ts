import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { versionKey, versionsOfManifests } from '../../read/project/locked/direct-entries.ts';
import type { Project } from '../../read/project/project.ts';
import { hasScriptByRegistry } from '../scripts/script-by-registry.ts';
import { type AnswerSources, registryAnswer } from './registry-answer.ts';

/**
 * Checks whether the package may have an install script, as far as the lockfile shows: those of Yarn, npm up to 6, pnpm
 * 9 and later, and older ones of Bun do not record it.
 */
export function mayHaveScript(
  { hasInstallScript }: LockEntry,
  { recordsInstallScripts }: Pick<Lockfile, 'recordsInstallScripts'>,
): boolean {
  return hasInstallScript === true || hasInstallScript === undefined || !recordsInstallScripts;
}

/**
 * Returns which locked packages are requested from registries, for lockfiles or manifests. If the lockfile does not
 * record what manifests declare, the manifests are read.
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
 * Returns where the package's install script is recorded; undefined if nowhere. If the lockfile does not record it, the
 * registry's document is used, for packages that are requested from registries.
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
