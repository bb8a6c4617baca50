import type { DependencyGraph } from '../../core/read/graph/dependency-graph.ts';
import type { DiffOptions } from '../../core/read/graph/diff/diff-types.ts';
import { diffLockfiles, emptyGraph } from '../../core/read/graph/diff/lockfile-diff.ts';
import { lockfileNamed } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { DiffBase, DiffedLockfile } from '../../core/show/report/diff/diff-report.ts';
import type { PackageRisks } from '../../core/show/report/diff/package-risks.ts';
import type { GitPort } from '../ports.ts';
import { type BaseLockfile, committedLockfile, isRead } from './committed-lockfile.ts';
import type { GoneLockfile } from './gone-lockfiles.ts';
import type { LocatedGraph } from './located-graph.ts';
import { newMembers } from './new-members.ts';

/** What lockfiles are compared with, and which. */
export interface Comparison {
  /** The given state to compare with. */
  readonly name: string;
  /** A file that takes the place of a commit. */
  readonly file: BaseLockfile | undefined;
  readonly wanted: readonly LocatedGraph[];
  readonly gone: readonly GoneLockfile[];
}

/** What the comparison needs to know of the directory. */
export interface ComparedDirectory {
  readonly git: Pick<GitPort, 'textAt'>;
  /** URLs of one registry that package managers write for each other. */
  readonly sameRegistries: DiffOptions['sameRegistries'];
  /** Returns the graph of a lockfile that is not on disk, with the current manifests. */
  graphOf(lockfile: Lockfile): DependencyGraph;
  /** Returns what is known of the packages of a lockfile. Called only if something was added or changed. */
  risksOf(uri: Uri): PackageRisks | undefined;
}

/** Compares the existing lockfiles, and deleted ones without a replacement; sorted by path. */
export async function compareLockfiles(
  directory: ComparedDirectory,
  { name, file, wanted, gone }: Comparison,
): Promise<readonly DiffedLockfile[]> {
  const { git } = directory;
  const compared: DiffedLockfile[] = [];
  const replaced = new Set<GoneLockfile>();
  const bases = new Map<LocatedGraph, BaseLockfile>();
  for (const lockfile of wanted)
    bases.set(lockfile, file ?? (await committedLockfile(git, lockfile.uri, name)));
  const newIn = countBy([...bases].filter(([, base]) => isAbsent(base)).map(([{ uri }]) => parentUri(uri)));
  const goneIn = countBy(gone.map(({ uri }) => parentUri(uri)));
  for (const [lockfile, base] of bases) {
    const folder = parentUri(lockfile.uri);
    const isOnly = isAbsent(base) && newIn.get(folder) === 1 && goneIn.get(folder) === 1;
    const earlier = isOnly ? gone.find(({ uri }) => parentUri(uri) === folder) : undefined;
    if (earlier === undefined || !isRead(earlier.base.lockfile)) {
      const members = file === undefined && !isAbsent(base) ? lockfile.unlockedMembers : [];
      const added = await newMembers(git, { uri: lockfile.uri, members }, name);
      const unlocked = added.length === 0 ? {} : { unlockedMembers: added };
      compared.push({ ...compare(lockfile, name, base, directory), ...unlocked });
      continue;
    }
    replaced.add(earlier);
    const diffed = compare(lockfile, name, earlier.base, directory);
    compared.push({ ...diffed, file: 'replaced', replaces: earlier.path });
  }
  for (const each of gone) if (!replaced.has(each)) compared.push(goneDiff(each, name, directory));
  return compared.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function countBy(folders: readonly Uri[]): ReadonlyMap<Uri, number> {
  const counts = new Map<Uri, number>();
  for (const folder of folders) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return counts;
}

function isAbsent({ lockfile, reason }: BaseLockfile): boolean {
  return lockfile === undefined && reason === undefined;
}

function compare(
  located: LocatedGraph,
  name: string,
  base: BaseLockfile,
  { sameRegistries, risksOf }: ComparedDirectory,
): DiffedLockfile {
  const { path, format, status, graph, graphOf, registryOf } = located;
  const before =
    isAbsent(base) && graph !== undefined
      ? emptyGraph(graph)
      : isRead(base.lockfile)
        ? graphOf(base.lockfile)
        : undefined;
  const diff =
    before === undefined || graph === undefined
      ? undefined
      : diffLockfiles(before, graph, { ...(sameRegistries && { sameRegistries }), registryOf });
  const isNewer = diff !== undefined && diff.added.length + diff.changed.length > 0;
  const risks = isNewer ? risksOf(located.uri) : undefined;
  return {
    path,
    format,
    status,
    reason: located.reason,
    file: isAbsent(base) ? 'new' : base.commit === undefined ? undefined : 'kept',
    replaces: undefined,
    base: diffBase(name, base),
    diff,
    ...(risks === undefined ? {} : { risks }),
  };
}

function goneDiff(
  { path, uri, base }: GoneLockfile,
  name: string,
  { graphOf, sameRegistries }: ComparedDirectory,
): DiffedLockfile {
  const before = isRead(base.lockfile) ? graphOf(base.lockfile) : undefined;
  return {
    path,
    format: base.lockfile?.format ?? lockfileNamed(nameOf(uri))!.kind,
    status: 'absent',
    reason: undefined,
    file: 'gone',
    replaces: undefined,
    base: diffBase(name, base),
    diff:
      before === undefined
        ? undefined
        : diffLockfiles(before, emptyGraph(before), sameRegistries && { sameRegistries }),
  };
}

function diffBase(name: string, base: BaseLockfile): DiffBase {
  const { commit, lockfile, reason } = base;
  return {
    name,
    commit,
    status: isAbsent(base) ? 'absent' : (lockfile?.status ?? 'unknown'),
    format: lockfile?.format,
    reason: reason ?? lockfile?.reason,
  };
}
