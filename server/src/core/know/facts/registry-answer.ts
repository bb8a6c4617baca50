import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { registryVersion } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { Packument } from '../registry/documents/packument.ts';
import type { Facts } from './facts.ts';

/** Where to look up what a lockfile does not record of its packages. */
export interface AnswerSources {
  readonly project: Project;
  readonly facts: Facts;
  /** Called for a package without any record. */
  unknown(name: string, reason: 'not-provided' | 'not-recorded'): void;
}

/**
 * Returns what the registry's document says of a locked package, if the lockfile does not record it and the package is
 * requested from registries; undefined if unknown.
 * @param isAskedAbout whether the entry is requested from registries
 * @param look finds it in the document; undefined if that does not state it
 */
export function registryAnswer<T>(
  entry: LockEntry,
  { project, facts, unknown }: AnswerSources,
  isAskedAbout: (entry: LockEntry) => boolean,
  look: (packument: Packument, version: string) => T | undefined,
): T | undefined {
  const { name } = entry;
  const version = registryVersion(entry, name);
  if (version === undefined || project.memberNames.has(name)) return undefined;
  const isAsked = isAskedAbout(entry);
  // The others are requested in other parts.
  if (!isAsked && project.askedRange !== undefined) return undefined;
  if (!isAsked || facts.unreachable !== undefined) {
    unknown(name, 'not-recorded');
    return undefined;
  }
  const fact = facts.packument(name);
  if (fact.state !== 'ready') {
    if (fact.state === 'absent') unknown(name, 'not-provided');
    return undefined;
  }
  const answer = look(fact.value, version);
  if (answer === undefined) unknown(name, 'not-provided');
  return answer;
}
