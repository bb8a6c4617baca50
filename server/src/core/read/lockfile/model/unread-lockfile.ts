import type { LockfileKind } from '../../manager/model/files.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import type { Lockfile } from './lockfile.ts';

/** The reason why a lockfile is not read at all. */
export interface Unread {
  readonly status: 'unsupported' | 'unreadable';
  /** One sentence. */
  readonly reason: string;
  readonly problems?: readonly ParseProblem[];
  readonly formatVersion?: Located<string> | undefined;
}

/** Returns a lockfile that exists but of which nothing is known. */
export function unreadLockfile(uri: Uri, text: string, format: LockfileKind, unread: Unread): Lockfile {
  return {
    kind: 'lockfile',
    format,
    uri,
    text,
    formatVersion: unread.formatVersion,
    status: unread.status,
    reason: unread.reason,
    problems: unread.problems ?? [],
    entries: [],
    entriesTotal: 0,
    importers: new Map(),
    links: [],
    recordsInstallScripts: false,
    recordsEdges: false,
    entry: () => undefined,
    resolve: () => undefined,
    follow: () => undefined,
  };
}
