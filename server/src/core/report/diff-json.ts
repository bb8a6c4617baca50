import type { AlteredVersion, LockedVersion } from '../graph/lockfile-diff.ts';
import { printableJson } from '../text/visible-text.ts';
import type { DiffedLockfile } from './diff-report.ts';

/**
 * The differences as JSON text, with a line end. Where one side could not be read, `compared` is false and there are no
 * lists. The form is stable: members may be added in later versions, none is renamed or removed.
 */
export function diffJson(lockfiles: readonly DiffedLockfile[]): string {
  const items = lockfiles.map(({ path, format, status, reason, file, replaces, base, diff }) => ({
    path,
    format,
    status,
    reason,
    file,
    replaces,
    base,
    compared: diff !== undefined,
    ...(diff === undefined
      ? {}
      : {
          added: diff.added.map(versionOf),
          removed: diff.removed.map(versionOf),
          changed: diff.changed.map(({ name, before, after }) => ({
            name,
            before: before.map(versionOf),
            after: after.map(versionOf),
          })),
          altered: diff.altered.map(alteredOf),
        }),
  }));
  return `${printableJson(JSON.stringify({ version: 1, lockfiles: items }, undefined, 2))}\n`;
}

function versionOf({ name, version, source, dev, optional, installScript }: LockedVersion): object {
  return { name, version, source, dev, optional, installScript };
}

function alteredOf({ name, version, what, before, after }: AlteredVersion): object {
  return { name, version, what, before: before ?? null, after: after ?? null };
}
