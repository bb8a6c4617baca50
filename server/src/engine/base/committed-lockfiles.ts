import { readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort, GitUnknown } from '../ports.ts';
import type { LockfileFile } from '../projects/project-files.ts';
import { type UncomparedFile, uncomparedFile } from './changed-programs.ts';

/** What a commit, HEAD by default, has of lockfiles, as far as somebody asked. */
export interface CommittedLockfiles {
  /** The lockfile as it is in the base. Undefined where that is not known, or is the text that it has now. */
  peek(file: LockfileFile, text: string | undefined): Lockfile | undefined;
  /** What the base has in the place of the text. */
  state(file: LockfileFile, text: string | undefined): Project['lockfileBase'];
  knows(uri: Uri): boolean;
  /**
   * Asks git for the file in a revision, for the first time or again. Never rejects; says whether anything is now known
   * otherwise.
   */
  read(file: LockfileFile, present: string | undefined, revision: string): Promise<boolean>;
  /** Those whose text in the revision could not be read, with a clause that says why. */
  unread(): readonly UncomparedFile[];
  /** Forgets all lockfiles but these. */
  keepOnly(uris: ReadonlySet<Uri>): void;
  /** The files that were asked for. */
  known(): readonly LockfileFile[];
}

interface Committed {
  readonly file: LockfileFile;
  /** Undefined where the commit has none, or cannot be read. */
  readonly text: string | undefined;
  /** Whether git has answered. */
  readonly isRead: boolean;
  readonly unknown: GitUnknown | undefined;
  /** Read when a text is first found to differ from it: most never do. */
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
      // The same text as on the disk is kept once.
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
