import { hasSameEdgesOf } from '../core/exposure/same-edges.ts';
import type { Finding, Related } from '../core/finding.ts';
import { changeSince } from '../core/lockfile/edited-lockfile.ts';
import { entryAt } from '../core/lockfile/entries-mentioning.ts';
import type { LockEntry, Lockfile } from '../core/lockfile/lockfile.ts';
import { NpmLockEntry } from '../core/lockfile/npm/npm-lock-entry.ts';
import type { Span } from '../core/text/span.ts';
import { moveSpan, type TextChange } from '../core/text/text-change.ts';

/**
 * The findings of an earlier text of a lockfile that hold for an edited one, each where it stands now: where the edit
 * changed no more than where one package of a registry comes from and what its hash is. Undefined where it changed more,
 * or may have.
 * @param rules those that read no addresses and hashes: what others found is left out
 */
export function keptInLockfile(
  before: Lockfile,
  after: Lockfile,
  found: readonly Finding[],
  rules: ReadonlySet<string>,
): readonly Finding[] | undefined {
  const edit = addressEdit(before, after);
  if (edit === undefined) return undefined;
  const isTouched = ({ start, end }: Span) => end > edit.start && start < edit.oldEnd;
  const kept: Finding[] = [];
  for (const finding of found) {
    if (!rules.has(finding.rule)) continue;
    const isHere = ({ uri }: Related) => uri === after.uri;
    if (isTouched(finding.span) || finding.related.some((each) => isHere(each) && isTouched(each.span)))
      return undefined;
    const related = finding.isRelatedHere
      ? finding.related.map((each) => (isHere(each) ? { ...each, span: moveSpan(each.span, edit) } : each))
      : finding.related;
    kept.push({ ...finding, span: moveSpan(finding.span, edit), related, fixes: NO_FIXES });
  }
  return kept;
}

/** They are made from the text of the moment when somebody asks, and what made them before would keep an old text alive. */
const NO_FIXES: Finding['fixes'] = () => [];

/** The edit, where it lies within an entry of npm's and that says the same but for its address and hash. */
function addressEdit(before: Lockfile, after: Lockfile): TextChange | undefined {
  const { entries } = before;
  if (before.uri !== after.uri || before.format !== after.format || after.status !== 'checked')
    return undefined;
  if (before.status !== 'checked' || entries.length !== after.entries.length) return undefined;
  const edit = changeSince(before, after);
  const old = entryAt(entries, edit.start);
  if (!(old instanceof NpmLockEntry)) return undefined;
  const now = entryAt(after.entries, edit.start);
  const isWithin = old.span.start < edit.start && edit.oldEnd < old.span.end;
  return isWithin && now instanceof NpmLockEntry && saysTheSame(old, now) ? edit : undefined;
}

function saysTheSame(a: LockEntry, b: LockEntry): boolean {
  return (
    a.source === 'registry' &&
    hasSameEdgesOf(a, b) &&
    a.version?.value === b.version?.value &&
    a.bundled === b.bundled &&
    a.hasInstallScript === b.hasInstallScript &&
    a.deprecated === b.deprecated
  );
}
