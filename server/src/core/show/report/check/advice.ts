import { orderFixes } from '../../../judge/check/fix-order.ts';
import { POLICY_FILE_NAME } from '../../../read/policy-file/read-policy.ts';
import type { Finding, Fix } from '../../../read/text/finding.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';

/**
 * Returns what to do about a finding: the first fix, or the command to run if only that helps. If the first fix depends
 * on the author's intent, also the next one, so that nobody takes the first for the only choice. Omits ignoring the
 * finding, which is always possible.
 */
export function adviceOf(finding: Finding, fixes: readonly Fix[]): readonly string[] {
  const ordered = orderFixes(fixes, (fix) => fix);
  const [first, ...others] = ordered.filter(({ title }) => !title.startsWith('Ignore '));
  if (first === undefined) return [];
  const second = others.find((fix) => !accepts(fix, finding) && !follows(fix, first));
  if (first.applicability === 'safe' || second === undefined) return linesOf(first);
  const [other = '', ...rest] = linesOf(second);
  return [...linesOf(first), `or ${other.charAt(0).toLowerCase()}${other.slice(1)}`, ...rest];
}

/** Checks whether a fix only accepts a finding located elsewhere, by editing the configuration file. */
function accepts({ edits }: Fix, { uri }: Finding): boolean {
  const others = edits.filter((edit) => edit.uri !== uri);
  return others.length > 0 && others.every((edit) => nameOf(edit.uri) === POLICY_FILE_NAME);
}

/** Checks whether a fix is only the command that follows another one. */
function follows({ edits, command }: Fix, first: Fix): boolean {
  return edits.length === 0 && command !== undefined && command === first.command;
}

/** Formats a fix. Appends what remains unless the title says so; a command replaces its title. */
function linesOf(fix: Fix): readonly string[] {
  const words = wordsOf(fix);
  const left = (fix.leaves ?? []).filter((clause) => !words.includes(clause));
  return left.length === 0 ? [words] : [words, `(${left.join('; ')})`];
}

function wordsOf({ title, edits, command }: Fix): string {
  if (command === undefined) return title;
  return edits.length === 0 ? `Run: ${command}` : `${title}, then run: ${command}`;
}
