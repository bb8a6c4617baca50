import { readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort, GitUnknown } from '../ports.ts';
import type { LockfileFile } from '../projects/project-files.ts';
import { type UncomparedFile, uncomparedFile } from './changed-programs.ts';

/** The lockfiles of a commit, HEAD by default, as far as they were requested. */
export interface CommittedLockfiles {
  /** Returns the lockfile of the base. Undefined if unknown or identical to the current text. */
  peek(file: LockfileFile, text: string | undefined): Lockfile | undefined;
  /** Returns the state of the base version of this text. */
  state(file: LockfileFile, text: string | undefined): Project['lockfileBase'];
  knows(uri: Uri): boolean;
  /**
   * Reads the file in a revision from git, again if it was read before. Never rejects; returns whether anything
   * changed.
   */
  read(file: LockfileFile, present: string | undefined, revision: string): Promise<boolean>;
  /** Lockfiles whose text in the revision could not be read, each with a clause that says why. */
  unread(): readonly UncomparedFile[];
  /** Drops all other lockfiles. */
  keepOnly(uris: ReadonlySet<Uri>): void;
  /** Returns the files that were requested. */
  known(): readonly LockfileFile[];
}

interface Committed {
  readonly file: LockfileFile;
  /** Undefined if the commit does not have it, or it cannot be read. */
  readonly text: string | undefined;
  /** Whether git has answered. */
  readonly isRead: boolean;
  readonly unknown: GitUnknown | undefined;
  /** Parsed when a text first differs from it, which is rare. */
  model: Lockfile | undefined;
}

export function createCommittedLockfiles(git: GitPort | undefined): CommittedLockfiles {
  const byUri = new Map<Uri, Committed>();
  return {
    peek(file, text) {
      const committed = byUri.get(file.uri);
      if (committed?.text === undefined || text === undefined || committed.text === text) return undefined;
      committed.model ??= readLockfile(file.uri, committed.text, file.kind);
      return committed.model;
    },
    state({ uri }, text) {
      const committed = byUri.get(uri);
      if (committed === undefined || !committed.isRead) return 'unread';
      if (committed.text === undefined) return 'absent';
      return committed.text === text ? 'same' : 'other';
    },
    knows: (uri) => byUri.has(uri),
    async read(file, present, revision) {
      if (git === undefined || file.isBinary) return false;
      const before = byUri.get(file.uri);
      if (before === undefined)
        byUri.set(file.uri, { file, text: undefined, unknown: undefined, isRead: false, model: undefined });
      const answer = await git.textAt(file.uri, revision).catch(() => undefined);
      const text = answer?.type === 'text' ? answer.text : undefined;
      const unknown = answer?.type === 'unknown' ? answer : undefined;
      const isSameAnswer = text === before?.text && unknown?.reason === before?.unknown?.reason;
      if (before?.isRead === true && isSameAnswer) return false;
      // A text identical to that on disk is stored once.
      const kept = text === present ? present : text;
      byUri.set(file.uri, { file, text: kept, unknown, isRead: true, model: undefined });
      const differs = (committed: string | undefined) => committed !== undefined && committed !== present;
      const isNewGap = unknown?.isExpected !== true && unknown?.reason !== before?.unknown?.reason;
      return differs(before?.text) || differs(text) || isNewGap;
    },
    keepOnly(uris) {
      for (const uri of byUri.keys()) if (!uris.has(uri)) byUri.delete(uri);
    },
    unread: () =>
      [...byUri.values()].flatMap(({ file: { uri }, unknown }) =>
        unknown === undefined ? [] : [uncomparedFile(uri, unknown)],
      ),
    known: () => [...byUri.values()].map(({ file }) => file),
  };
}
