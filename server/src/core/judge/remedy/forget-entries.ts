import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import type { BadPackage } from './bad-package.ts';

/** Takes versions out of a lockfile of Yarn 1, which then resolves them anew: it has no command for that. */
export function forgetEntries(
  { uri, text, entries }: Lockfile,
  versions: readonly BadPackage[],
): readonly FileEdit[] {
  const isMeant = ({ name, version }: LockEntry) =>
    versions.some((each) => each.name === name && each.version === version?.value);
  return entries.filter(isMeant).map(({ span }) => ({ uri, span: blockAround(text, span), newText: '' }));
}

/** The lines of an entry and the empty ones behind it. */
function blockAround(text: string, { start, end }: Span): Span {
  const behind = /^[^\n]*\n?(?:[ \t]*\r?\n)*/.exec(text.slice(end))!;
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: end + behind[0].length };
}
