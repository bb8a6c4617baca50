import { isLockfileKind } from '../../read/lockfile/detect.ts';
import type { ReadStatus } from '../../read/lockfile/model/lockfile.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { asClause } from '../../read/text/words/clause.ts';
import type { CoverageGap } from './coverage.ts';

/** A file that was read, or could not be read. */
export interface CoveredFile {
  readonly uri: Uri;
  readonly kind: string;
  readonly status: ReadStatus;
  /** Why it is not `checked`: one sentence that does not name the file. */
  readonly reason: string | undefined;
  /** What to do about it, as an imperative clause, if it differs from the default advice for such files. */
  readonly advice?: string;
  /** Set for fixtures: their problems are listed without failing the check. */
  readonly isFixture?: true;
}

/** Returns the unread part of a file as a gap; undefined if all of it was read. */
export function fileGap(file: CoveredFile, path: string): CoverageGap | undefined {
  const { status, reason } = file;
  if (status === 'checked') return undefined;
  return {
    kind: 'file',
    state: status === 'partial' ? 'partly' : 'not-checked',
    reason: REASONS[status],
    subject: path,
    detail: file.kind === 'folder' ? 'cannot be read' : detailOf(status, reason),
    advice: adviceFor(file),
    path,
  };
}

function detailOf(status: keyof typeof DETAILS, reason: string | undefined): string {
  if (reason === undefined) return DETAILS[status];
  const clause = asClause(reason);
  const short = clause.replace(/^it (?=cannot be read)/, '');
  if (short.startsWith('cannot be read')) return short;
  return `${DETAILS[status]}${/^line \d+: /.test(clause) ? ',' : ':'} ${clause}`;
}

const REASONS = { partial: 'damaged', unreadable: 'unread', unsupported: 'unsupported' } as const;

const DETAILS = {
  partial: 'read only in part',
  unreadable: 'not read',
  unsupported: 'in an unsupported format',
} as const;

function adviceFor({ uri, kind, status, advice }: CoveredFile): string {
  if (advice !== undefined) return advice;
  if (isBinaryLockfile(uri)) return 'commit bun.lock instead';
  if (status === 'unsupported') return 'update dephygiene, or exclude the file';
  if (kind === 'folder') return 'make it readable, or exclude it';
  return isLockfileKind(kind)
    ? 'restore it from git, let the package manager rewrite it, or exclude it'
    : 'fix it, or exclude it';
}

/** Checks whether a file of this kind defines a project, i.e. is a manifest or a lockfile. */
export function isSource(kind: string): boolean {
  return kind === 'manifest' || isLockfileKind(kind);
}

/**
 * Returns the manifests and lockfiles that were not read completely, without which nothing about a project is certain.
 * Includes Bun's binary lockfile unless a text lockfile beside it was read. Excludes fixtures.
 */
export function unreadSources<F extends CoveredFile>(files: readonly F[]): readonly F[] {
  const sources = files.filter(({ kind }) => isSource(kind));
  const folders = new Set(
    sources
      .filter(({ kind, status }) => kind !== 'manifest' && (status === 'checked' || status === 'partial'))
      .map(({ uri }) => folderOf(uri)),
  );
  return sources.filter(
    ({ uri, status, isFixture }) =>
      status !== 'checked' && isFixture !== true && !(isBinaryLockfile(uri) && folders.has(folderOf(uri))),
  );
}

function folderOf(uri: Uri): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function isBinaryLockfile(uri: Uri): boolean {
  return uri.endsWith('/bun.lockb');
}
