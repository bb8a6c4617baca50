import { itemsOf, memberOf, textOf } from '../../../read/config/tree/config-tree.ts';
import { dayOf, daysAfter } from '../../../read/policy-file/day.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import type { TextEdit } from '../../../read/text/edit.ts';
import type { FileEdit, Fix } from '../../../read/text/finding.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';
import type { FixContext } from '../../check/rule.ts';
import { addIgnoreEntries } from '../edit-policy.ts';
import { IGNORE_DAYS } from '../ignore-fix.ts';
import type { IgnoreFault } from '../judge-ignore.ts';
import { extendForeignIgnore, removeForeignIgnore } from './edit-foreign-ignore.ts';
import { foreignFileOf } from './foreign-ignores-in.ts';
import { importEntry } from './import-entry.ts';
import { ghsaOf } from './judge-foreign-ignore.ts';
import { replaceToken } from './replace-token.ts';

/** Yields fixes for an invalid entry of another tool, the best first. */
export function* foreignIgnoreFixes(
  ignore: ForeignIgnore,
  fault: IgnoreFault,
  context: FixContext,
): Generator<Fix> {
  const { uri, now } = context;
  const file = foreignFileOf(context.file);
  const today = dayOf(now);
  const here = (edits: readonly TextEdit[]): readonly FileEdit[] => edits.map((edit) => ({ uri, ...edit }));
  const fix = (title: string, edits: readonly FileEdit[]): Fix => ({ title, applicability: 'unsafe', edits });

  if (fault.type === 'not-read' && fault.instead !== null && fault.into === null) {
    yield fix(`Replace with ${fault.instead}`, here([replaceToken(file.text, ignore.span, fault.instead)]));
  }
  if (fault.type === 'not-read' && fault.into !== null) {
    const edits = renameCveList(context);
    if (edits !== undefined) yield fix(`Rename the list to ${fault.into}, with GHSA ids`, here(edits));
  }
  if (fault.type === 'expired') {
    for (const days of [30, IGNORE_DAYS]) {
      const day = daysAfter(today, days);
      const edits = extendForeignIgnore(file, ignore, day);
      if (edits !== undefined) yield fix(`Extend until ${day}`, here(edits));
    }
  }
  if (fault.type === 'too-long') {
    const edits = extendForeignIgnore(file, ignore, fault.latest);
    if (edits !== undefined) yield fix(`Set its last day to ${fault.latest}`, here(edits));
  }
  const removal = removeForeignIgnore(file, ignore);
  const isRemovable = removal !== undefined && removal.length > 0;
  if (fault.type === 'incomplete' || fault.type === 'not-read') {
    const entry = entryFor(ignore, today, context);
    const edits = entry === undefined ? undefined : addIgnoreEntries(context.project, context.text, [entry]);
    if (entry !== undefined && edits !== undefined) {
      const where = `dependency-hygiene.json, until ${entry.expires}`;
      // The original stays, as the project's own audit reads it there.
      yield fix(`Copy to ${where}`, edits);
    }
  }
  if (isRemovable && fault.type !== 'incomplete' && fault.type !== 'too-long') {
    yield fix(`Remove the entry from ${nameOf(uri)}`, here(removal));
  }
}

function entryFor(ignore: ForeignIgnore, today: string, { project, advisories, uri }: FixContext) {
  const imported = importEntry(ignore, {
    today,
    days: IGNORE_DAYS,
    reason: `Was accepted in ${nameOf(uri)}; write here why.`,
    lockfiles: project.lockfile === undefined ? [] : [project.lockfile],
    advisories,
  });
  return imported.type === 'entry' ? imported.entry : undefined;
}

/**
 * Renames the list `auditConfig.ignoreCves` to `ignoreGhsas`, with every id as the GHSA id of the same advisory.
 * Undefined if one of them is unknown, or if such a list already exists.
 */
function renameCveList({ file, project, advisories }: FixContext): readonly TextEdit[] | undefined {
  if (file.kind !== 'pnpmWorkspace') return undefined;
  const section = file.setting('auditConfig')?.value;
  const list = memberOf(section, 'ignoreCves');
  if (list === undefined || memberOf(section, 'ignoreGhsas') !== undefined) return undefined;
  const lockfiles = project.lockfile === undefined ? [] : [project.lockfile];
  const edits = [replaceToken(file.text, list.keySpan, 'ignoreGhsas')];
  for (const item of itemsOf(list.value)) {
    const ghsa = ghsaOf(textOf(item)?.value, advisories, lockfiles);
    if (ghsa === null) return undefined;
    edits.push(replaceToken(file.text, item.span, ghsa));
  }
  return edits;
}
