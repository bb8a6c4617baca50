import { MANAGERS } from '../manager/managers.ts';
import type { KnownLockfile, LockfileKind } from '../manager/model/files.ts';
import type { Uri } from '../text/paths/uri.ts';
import { readBunLockfile } from './bun/read-bun-lockfile.ts';
import { EMPTY, isEmptyText } from './model/empty-lockfile.ts';
import type { Lockfile } from './model/lockfile.ts';
import { unreadLockfile } from './model/unread-lockfile.ts';
import { readNpmLockfile } from './npm/read-npm-lockfile.ts';
import { readPnpmLockfile } from './pnpm/read-pnpm-lockfile.ts';
import { readYarnLockfile } from './yarn/read-yarn-lockfile.ts';

/** A format by its file name; `bun.lockb` is Bun's binary one. */
export type LockfileName = LockfileKind | 'bun.lockb';

const FILES: readonly KnownLockfile[] = MANAGERS.flatMap(({ files }) => files.lockfiles);

/** The file names by which lockfiles are recognized. */
export const LOCKFILE_NAMES: readonly string[] = FILES.map(({ name }) => name);

const BY_NAME = new Map(FILES.map((file) => [file.name, file]));
const KINDS: ReadonlySet<string> = new Set(FILES.map(({ kind }) => kind));

/** Returns whether a kind of file is a lockfile. */
export function isLockfileKind(kind: string): kind is LockfileKind {
  return KINDS.has(kind);
}

/** Returns the lockfile with this file name; undefined for any other file. */
export function lockfileNamed(fileName: string): KnownLockfile | undefined {
  return BY_NAME.get(fileName);
}

/** Returns the kind of lockfile for a file name; undefined for any other file. */
export function lockfileKindOf(fileName: string): LockfileName | undefined {
  const file = lockfileNamed(fileName);
  return file?.isBinary === true ? 'bun.lockb' : file?.kind;
}

/** Reads a lockfile; an unsupported format gives a lockfile with that status. Never throws. */
export function readLockfile(uri: Uri, text: string, kind: LockfileName): Lockfile {
  if (kind !== 'bun.lockb' && kind !== 'yarn' && isEmptyText(text))
    return unreadLockfile(uri, text, kind, EMPTY);
  switch (kind) {
    case 'package-lock':
    case 'npm-shrinkwrap':
      return readNpmLockfile(uri, text, kind);
    case 'yarn':
      return readYarnLockfile(uri, text);
    case 'pnpm':
      return readPnpmLockfile(uri, text);
    case 'bun':
      return readBunLockfile(uri, text);
    case 'bun.lockb':
      return unreadLockfile(uri, text, 'bun', {
        status: 'unsupported',
        reason:
          'bun.lockb is binary and cannot be reviewed; run bun install --save-text-lockfile to write bun.lock instead.',
      });
  }
}
