import type { Uri } from '../../core/read/text/paths/uri.ts';
import { nameOf } from '../../core/read/text/paths/uri.ts';
import { compareRecords } from '../../core/show/watch/compare-records.ts';
import { directDependencies } from '../../core/show/watch/direct-dependencies.ts';
import { lookAtProject, type UnseenPackage } from '../../core/show/watch/look-at-project.ts';
import { mergeRecords } from '../../core/show/watch/merge-records.ts';
import type { WatchEvent } from '../../core/show/watch/watch-event.ts';
import type { AbortSignalLike, ClockPort } from '../ports.ts';
import type { Progress, ProjectSnapshot, Session } from '../session.ts';
import type { WatchRecords } from './watch-records.ts';

export interface WatchRoundOptions {
  readonly session: Session;
  readonly clock: ClockPort;
  readonly records: WatchRecords;
  readonly signal: AbortSignalLike;
  readonly progress?: Progress | undefined;
}

/** What a round saw of one project. */
export interface WatchedProject {
  readonly root: Uri;
  /** As its manifest names it, else its folder's name. */
  readonly name: string;
  /** When it was looked at before, in milliseconds since 1970; undefined at the first look, which tells nothing. */
  readonly since: number | undefined;
  /** How many direct dependencies it has. */
  readonly dependencies: number;
  /** The most urgent first. */
  readonly events: readonly WatchEvent[];
  readonly unseen: readonly UnseenPackage[];
  readonly snapshot: ProjectSnapshot;
}

export interface WatchRound {
  /** Sorted by root. */
  readonly projects: readonly WatchedProject[];
  /**
   * Remembers what was seen, once it was told: whoever is interrupted before tells it again. Answers whether all of it
   * will be known when the program runs again.
   */
  keep(): Promise<boolean>;
}

/**
 * Looks again at the direct dependencies of every project of the session: asks for what is not fresh any more, as far as
 * settings, trust and privacy allow, and compares it with what was known before. Undefined where it was called off.
 */
export async function watchRound(options: WatchRoundOptions): Promise<WatchRound | undefined> {
  const { session, clock, records, signal } = options;
  await askForAll(options);
  if (signal.aborted) return undefined;
  const { projects, popular } = session.snapshot();
  const now = clock.now();
  const looks = projects.map((snapshot) => {
    const { project, files, facts, advisories } = snapshot;
    const looked = { project, files: files.values(), facts, advisories, popular, now };
    return { snapshot, ...lookAtProject(looked) };
  });
  const seen = await Promise.all(
    looks.map(async (look) => ({ ...look, before: await records.read(look.snapshot.project.root) })),
  );
  return {
    projects: seen.map(({ snapshot, record, before, unseen }) => ({
      root: snapshot.project.root,
      name: snapshot.project.rootManifest?.name?.value ?? nameOf(snapshot.project.root),
      since: before?.takenAt,
      dependencies: record.dependencies.length,
      events: before === undefined ? [] : compareRecords(before, record),
      unseen,
      snapshot,
    })),
    async keep() {
      const kept = seen.map(({ snapshot, record, before }) =>
        records.write(snapshot.project.root, mergeRecords(before, record, isWhole(snapshot))),
      );
      return (await Promise.all(kept)).every((isKept) => isKept);
    },
  };
}

/** One project after the other, so that no registry hears of all at once. */
async function askForAll({ session, signal, progress }: WatchRoundOptions): Promise<void> {
  const asked = session.snapshot().projects.map(({ project, files }) => ({
    project,
    names: directDependencies(project, files.values()).map(({ name }) => name),
  }));
  const total = asked.reduce((sum, { names }) => sum + names.length, 0);
  let done = 0;
  const onAnswered = () => progress?.report('Asking registries:', ++done, total);
  for (const { project, names } of asked) await session.recheck(project, names, { signal, onAnswered });
}

/** Whether what is not among the dependencies is none: not so while a file is half typed. */
function isWhole({ statuses, project }: ProjectSnapshot): boolean {
  return project.rootManifest !== undefined && statuses.every(({ status }) => status === 'checked');
}
