import { lookAlikeCandidates } from '../../core/know/identity/look-alike-candidates.ts';
import { privateDisclosure } from '../../core/know/registry/access/private-disclosure.ts';
import { newestInRange } from '../../core/know/registry/releases/candidate-version.ts';
import { isSecurityHolding } from '../../core/know/registry/releases/security-holding.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { nameOf } from '../../core/read/text/paths/uri.ts';
import { compareRecords } from '../../core/show/watch/compare-records.ts';
import { lookAtProject, type UnseenPackage } from '../../core/show/watch/look-at-project.ts';
import { mergeRecords } from '../../core/show/watch/merge-records.ts';
import type { WatchEvent } from '../../core/show/watch/watch-event.ts';
import type { WatchedLookAlike } from '../../core/show/watch/watch-record.ts';
import { watchedDependencies } from '../../core/show/watch/watched-dependencies.ts';
import type { AbortSignalLike, ClockPort } from '../ports.ts';
import type { Progress, ProjectSnapshot, Session } from '../session.ts';
import type { WatchRecords } from './watch-records.ts';
import { type AccountsLook, lookAtAccounts } from './watched-accounts.ts';

export interface WatchRoundOptions {
  readonly session: Session;
  readonly clock: ClockPort;
  readonly records: WatchRecords;
  readonly signal: AbortSignalLike;
  readonly progress?: Progress | undefined;
  /** Whether everything that is locked is watched, not only direct dependencies. */
  readonly isTransitive?: boolean;
  /** Whether names like those that policies list, and packages of the accounts there, are looked up. */
  readonly looksForNames?: boolean;
}

/** The results of a round for one project. */
export interface WatchedProject {
  readonly root: Uri;
  /** The name in its manifest, or else the name of its folder. */
  readonly name: string;
  /** When it was last looked at, in milliseconds since 1970; undefined at the first look, which reports nothing. */
  readonly since: number | undefined;
  /** The number of direct dependencies. */
  readonly dependencies: number;
  /** Most urgent first. */
  readonly events: readonly WatchEvent[];
  readonly unseen: readonly UnseenPackage[];
  /** Accounts whose packages are not, or not all, known. */
  readonly unseenAccounts: readonly UnseenPackage[];
  readonly snapshot: ProjectSnapshot;
}

export interface WatchRound {
  /** Sorted by root. */
  readonly projects: readonly WatchedProject[];
  /**
   * Saves the state once it was reported: after an interruption before that, it is reported again. Returns whether all
   * of it will survive a restart.
   */
  keep(): Promise<boolean>;
}

/**
 * Looks again at the direct dependencies of every project of the session: refreshes stale facts as far as settings,
 * trust and privacy permit, and compares them with the last round. Undefined if cancelled.
 */
export async function watchRound(options: WatchRoundOptions): Promise<WatchRound | undefined> {
  const { session, clock, records, signal, isTransitive = false } = options;
  await askForAll(options);
  const looksAlike = options.looksForNames === true ? await lookAlikesOf(options) : new Map();
  const people: ReadonlyMap<Uri, AccountsLook> =
    options.looksForNames === true ? await lookAtAccounts(session, signal) : new Map();
  if (signal.aborted) return undefined;
  const { projects, popular } = session.snapshot();
  const now = clock.now();
  const looks = projects.map((snapshot) => {
    const { project, facts, advisories } = snapshot;
    const dependencies = watchedDependencies(snapshot, isTransitive);
    const lookAlikes = looksAlike.get(project.root) ?? [];
    const accounts = people.get(project.root)?.accounts ?? [];
    const looked = { project, dependencies, facts, advisories, popular, lookAlikes, accounts, now };
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
      events:
        before === undefined
          ? []
          : compareRecords(before, record, new Set(snapshot.project.policy.watch.critical)),
      unseen,
      unseenAccounts: people.get(snapshot.project.root)?.unseen ?? [],
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

/** Handles one project after the other, so that no registry receives all requests at once. */
async function askForAll({
  session,
  signal,
  progress,
  isTransitive = false,
}: WatchRoundOptions): Promise<void> {
  const asked = session.snapshot().projects.map((snapshot) => ({
    project: snapshot.project,
    names: watchedDependencies(snapshot, isTransitive).map(({ name }) => name),
  }));
  const total = asked.reduce((sum, { names }) => sum + names.length, 0);
  let done = 0;
  const onAnswered = () => progress?.report('Asking registries:', ++done, total);
  for (const { project, names } of asked) await session.recheck(project, names, { signal, onAnswered });
}

/** Requests of a round for names that look like others. */
const MOST_LOOKED_UP = 200;

/** Looks up names that could be mistaken for those that the policies list. */
async function lookAlikesOf({
  session,
  signal,
}: WatchRoundOptions): Promise<ReadonlyMap<Uri, readonly WatchedLookAlike[]>> {
  const found = new Map<Uri, readonly WatchedLookAlike[]>();
  let left = MOST_LOOKED_UP;
  for (const { project } of session.snapshot().projects) {
    const discloses = privateDisclosure(project);
    const candidates = lookAlikeCandidates(project.policy.watch.ownNames ?? [], left);
    left -= candidates.length;
    const seen: WatchedLookAlike[] = [];
    for (const { name, like } of candidates) {
      if (signal.aborted) return found;
      if (discloses(name, like)) {
        seen.push({ name, like, version: null });
        continue;
      }
      const fact = await session.packument(project, name);
      seen.push({ name, like, version: versionIn(fact) });
      session.forget(project, [{ name, version: undefined }]);
    }
    found.set(
      project.root,
      seen.sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  }
  return found;
}

function versionIn(fact: Awaited<ReturnType<Session['packument']>>): string | false | null {
  if (fact.state === 'absent') return false;
  if (fact.state !== 'ready') return null;
  const { versions, unpublished } = fact.value;
  // A name that its registry took away is free of its old owner.
  if (unpublished !== undefined || versions.size === 0 || isSecurityHolding(fact.value)) return false;
  return newestInRange({ packument: fact.value, range: '*' })?.version ?? [...versions.keys()].at(-1)!;
}

/** Checks whether the dependencies are complete, which they are not while a file is half typed. */
function isWhole({ statuses, project }: ProjectSnapshot): boolean {
  return project.rootManifest !== undefined && statuses.every(({ status }) => status === 'checked');
}
