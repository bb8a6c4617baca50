import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import type { BadPackage } from './bad-package.ts';

/** Removes versions from a Yarn 1 lockfile, which makes Yarn resolve them again: it has no command for that. */
export function forgetEntries(
  { uri, text, entries }: Lockfile,
  versions: readonly BadPackage[],
): readonly FileEdit[] {
  const isMeant = ({ name, version }: LockEntry) =>
    versions.some((each) => each.name === name && each.version === version?.value);
  return entries.filter(isMeant).map(({ span }) => ({ uri, span: blockAround(text, span), newText: '' }));
}

/** Returns the lines of an entry with the empty lines below. */
function blockAround(text: string, { start, end }: Span): Span {
  const behind = /^[^\n]*\n?(?:[ \t]*\r?\n)*/.exec(text.slice(end))!;
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: end + behind[0].length };
}
