import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry, Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';

const LOCK_URI = 'file:///workspace/package-lock.json';

/** Parses a text as package-lock.json. */
export function readLock(text: string): Lockfile {
  return readLockfile(LOCK_URI, text, 'package-lock');
}

/** Returns a package-lock of version 3 as npm prints it. */
export function printLock(packages: object, more: object = {}): string {
  return `${JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages, ...more }, undefined, 2)}\n`;
}

/** Returns every span of an entry. */
export function spansOf(entry: LockEntry) {
  const located = [entry.version, entry.resolved, entry.integrity].filter((value) => value !== undefined);
  return [
    entry.span,
    entry.keySpan,
    ...located.map(({ span }) => span),
    ...entry.edges.flatMap((edge) => [edge.nameSpan, edge.specifier.span]),
  ];
}
