import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { registryVersion } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { Packument } from '../registry/documents/packument.ts';
import type { Facts } from './facts.ts';

/** Where it is looked up what a lockfile does not record of its packages. */
export interface AnswerSources {
  readonly project: Project;
  readonly facts: Facts;
  /** Called for a package of which nothing says it. */
  unknown(name: string, reason: 'not-provided' | 'not-recorded'): void;
}

/**
 * Returns what the registry's document says of a locked package, where the lockfile does not record it and registries are asked
 * about the package; undefined where nobody says it, which is then unknown.
 * @param isAskedAbout whether registries are asked about the entry
 * @param look finds it in the document; undefined where that does not say it
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
  // The others are asked about in other parts.
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
