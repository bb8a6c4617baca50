import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { CLEAN, findBadEntries, type LockVerdict } from '../../core/know/incident/find-bad-entries.ts';
import { lockfileKindOf, readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import { lockfileNameOf } from './lockfile-paths.ts';
import type { TextScan } from './text-scan.ts';

/** Judges the bytes of lockfiles. */
export interface LockfileJudge {
  /** @param path ends with the name of the file, which decides the format */
  judge(bytes: Buffer, path: string): LockVerdict;
}

export function createLockfileJudge(bad: BadVersions, scan: TextScan): LockfileJudge {
  return {
    judge(bytes, path) {
      const isBinary = lockfileKindOf(lockfileNameOf(path) ?? '') === 'bun.lockb';
      if (!scan.mayLock(bytes, isBinary)) return CLEAN;
      if (isBinary)
        return {
          hits: [],
          unread: 'it is binary and names one of the packages: run bun install --save-text-lockfile',
        };
      const lockfile = lockfileFrom(bytes, path);
      return lockfile === undefined ? { hits: [], unread: 'it is no text' } : findBadEntries(bad, lockfile);
    },
  };
}

/** Parses the bytes of a lockfile; undefined for what is no text. */
export function lockfileFrom(bytes: Buffer, path: string): Lockfile | undefined {
  const name = lockfileNameOf(path);
  const kind = name === undefined ? undefined : lockfileKindOf(name);
  if (name === undefined || kind === undefined || bytes.includes(0)) return undefined;
  const text = new TextDecoder('utf-8').decode(bytes);
  return readLockfile(joinUri('file:///', name), text, kind);
}
