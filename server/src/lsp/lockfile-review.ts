import { isEmptyDiff } from '../core/read/graph/diff/lockfile-diff.ts';
import { packageKey } from '../core/read/graph/pulls-in.ts';
import type { LockEntry } from '../core/read/lockfile/model/lockfile.ts';
import { groupBy } from '../core/read/text/group-by.ts';
import { joinUri, type Uri } from '../core/read/text/paths/uri.ts';
import { asClause } from '../core/read/text/words/clause.ts';
import { plural } from '../core/read/text/words/words.ts';
import type { DiffedLockfile } from '../core/show/report/diff/diff-report.ts';
import { type DiffRow, diffRows } from '../core/show/report/diff/diff-rows.ts';
import { describeUnknown, summaryOf } from '../core/show/report/diff/diff-text.ts';
import type { FolderReview } from '../engine/review/review-folder.ts';
import type { Snapshot } from '../engine/session.ts';
import type {
  LockfileReview,
  ReviewEntry,
  ReviewedLockfile,
  ReviewGroupType,
  ReviewPlace,
  ReviewRequest,
} from './messages.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';

type Server = Pick<ServerState, 'proto' | 'folders'>;

/** An open folder with its comparison, or why there is none, as a clause. */
export type ReviewedFolder =
  | { readonly folder: Uri; readonly review: FolderReview }
  | { readonly folder: Uri; readonly problem: string };

export interface ReviewInput {
  readonly reviewed: readonly ReviewedFolder[];
  readonly request: ReviewRequest;
  readonly snapshot: Snapshot;
}

/** In the order of the view. */
const GROUPS: readonly ReviewGroupType[] = ['first', 'added', 'changed', 'settings', 'removed'];

const GROUP_OF_MARK: Readonly<Record<DiffRow['mark'], ReviewGroupType>> = {
  '!': 'first',
  '+': 'added',
  '~': 'changed',
  '*': 'settings',
  '-': 'removed',
};

/** Returns the differences of all folders as a tree for display. */
export function reviewTree(server: Server, { reviewed, request, snapshot }: ReviewInput): LockfileReview {
  const lockfiles: ReviewedLockfile[] = [];
  const gaps: string[] = [];
  const seen = new Set<Uri>();
  let compared = 0;
  let isProvisional = false;
  for (const one of reviewed) {
    const name = pathInFolders(one.folder, server.folders);
    if ('problem' in one) {
      gaps.push(`${name} was not compared: ${asClause(one.problem)}.`);
      continue;
    }
    const { goneUnknown } = one.review;
    const isNoneKnown = one.review.compared.every(({ diff }) => diff === undefined);
    if (goneUnknown !== undefined && (one.review.compared.length === 0 || !isNoneKnown))
      gaps.push(`${name}: removed lockfiles are unknown: ${asClause(goneUnknown)}.`);
    for (const each of one.review.compared) {
      const uri = joinUri(one.folder, each.path);
      // Open folders may lie in one another.
      if (seen.has(uri)) continue;
      seen.add(uri);
      if (each.diff !== undefined) compared++;
      const label = pathInFolders(uri, server.folders);
      gaps.push(...gapsOf(each, label));
      if (isUnchanged(each)) continue;
      isProvisional ||= isAwaited(uri, snapshot);
      lockfiles.push(reviewedLockfile(server, { each, uri, label, folder: one.folder, snapshot }));
    }
  }
  lockfiles.sort((a, b) => (a.label < b.label ? -1 : 1));
  const summary = summaryOfAll(lockfiles.length, compared, request, gaps.length > 0);
  return { summary, lockfiles, gaps, isProvisional };
}

function summaryOfAll(
  changed: number,
  compared: number,
  { revision, isMergeBase }: ReviewRequest,
  isPartial: boolean,
): string {
  const base = isMergeBase ? `the merge base with ${revision}` : revision;
  if (compared === 0) return `No lockfile could be compared with ${base}.`;
  if (changed > 0) return `${changed} of ${plural(compared, 'lockfile')} changed since ${base}.`;
  const what = compared === 1 ? 'The lockfile installs' : `All ${compared} lockfiles install`;
  const limit = isPartial ? ', as far as they were compared' : '';
  return `${what} the same packages as in ${base}${limit}.`;
}

function isUnchanged({ diff, file, unlockedMembers = [] }: DiffedLockfile): boolean {
  const isSameFile = file !== 'gone' && file !== 'new' && file !== 'replaced';
  return diff === undefined
    ? file !== 'gone'
    : isSameFile && isEmptyDiff(diff) && unlockedMembers.length === 0;
}

function gapsOf(each: DiffedLockfile, label: string): readonly string[] {
  const { diff, base, status, reason, risks } = each;
  const gaps: string[] = [];
  if (diff === undefined) {
    const isBaseRead = base.status === 'checked' || base.status === 'partial' || base.status === 'absent';
    const [what, why] = isBaseRead ? [`it is ${status}`, reason] : [describeUnknown(base), base.reason];
    gaps.push(`${label} was not compared, as ${what}${why === undefined ? '' : `: ${asClause(why)}`}.`);
  } else if (status === 'partial' || base.status === 'partial') {
    gaps.push(`${label} was read only in part on one side, so there may be more.`);
  }
  if (risks?.isKnown === false)
    gaps.push(`${label} was not checked for malware and vulnerabilities: no advisory data.`);
  return gaps;
}

/** Checks whether facts about the project of a file are on their way. */
function isAwaited(uri: Uri, snapshot: Snapshot): boolean {
  const owner = snapshot.projectOf(uri);
  return owner !== undefined && [...owner.files.keys()].some((file) => snapshot.diagnose(file).provisional);
}

interface Located {
  readonly each: DiffedLockfile;
  readonly uri: Uri;
  readonly label: string;
  readonly folder: Uri;
  readonly snapshot: Snapshot;
}

function reviewedLockfile(server: Server, located: Located): ReviewedLockfile {
  const { each, uri, label, folder, snapshot } = located;
  const rows = groupBy(diffRows(each), ({ mark }) => GROUP_OF_MARK[mark]);
  const placeOf = placesIn(server, uri, snapshot);
  const { base, file, replaces } = each;
  const earlier = replaces === undefined ? uri : joinUri(folder, replaces);
  const isNew = file === 'new' || base.commit === undefined;
  return {
    uri: server.proto.uri(uri),
    label,
    description: summaryOf(each).replace(/\.$/, ''),
    before: isNew ? undefined : { uri: server.proto.uri(earlier), commit: base.commit! },
    isGone: file === 'gone',
    groups: GROUPS.flatMap((type) => {
      const entries = (rows.get(type) ?? []).map((row) => reviewEntry(row, placeOf));
      return entries.length === 0 ? [] : [{ type, entries }];
    }),
  };
}

function reviewEntry(
  { words, facts, severity, locked }: DiffRow,
  placeOf: (locked: NonNullable<DiffRow['locked']>) => ReviewPlace | undefined,
): ReviewEntry {
  return {
    label: words,
    description: facts.join(', '),
    ...(severity === undefined ? {} : { severity }),
    place: locked === undefined ? undefined : placeOf(locked),
  };
}

function placesIn(
  { proto }: Server,
  uri: Uri,
  snapshot: Snapshot,
): (locked: NonNullable<DiffRow['locked']>) => ReviewPlace | undefined {
  const file = snapshot.projectOf(uri)?.files.get(uri);
  const entries = new Map<string, LockEntry>();
  for (const entry of file?.kind === 'lockfile' ? file.entries : []) {
    const key = packageKey({ name: entry.name, version: entry.version?.value });
    if (!entries.has(key)) entries.set(key, entry);
  }
  return (locked) => {
    const entry = entries.get(packageKey(locked));
    return entry && { uri: proto.uri(uri), ...proto.range(uri, entry.keySpan, snapshot).start };
  };
}
