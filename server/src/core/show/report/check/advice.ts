import { orderFixes } from '../../../judge/check/fix-order.ts';
import { POLICY_FILE_NAME } from '../../../read/policy-file/read-policy.ts';
import type { Finding, Fix } from '../../../read/text/finding.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';

/**
 * What to do about a finding: the first fix, or the command to run where only one helps; and the next one where the first
 * is right only when the author agrees, so that nobody takes it for the only way. That a finding can be ignored need not
 * be said each time.
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

/** Whether a fix only writes into the configuration that the finding, which stands elsewhere, is to be let pass. */
function accepts({ edits }: Fix, { uri }: Finding): boolean {
  const others = edits.filter((edit) => edit.uri !== uri);
  return others.length > 0 && others.every((edit) => nameOf(edit.uri) === POLICY_FILE_NAME);
}

/** Whether a fix is only the command that comes after another one. */
function follows({ edits, command }: Fix, first: Fix): boolean {
  return edits.length === 0 && command !== undefined && command === first.command;
}

/** A title says itself what stays; a command is printed without its title. */
function linesOf(fix: Fix): readonly string[] {
  const words = wordsOf(fix);
  const left = (fix.leaves ?? []).filter((clause) => !words.includes(clause));
  return left.length === 0 ? [words] : [words, `(${left.join('; ')})`];
}

function wordsOf({ title, edits, command }: Fix): string {
  if (command === undefined) return title;
  return edits.length === 0 ? `Run: ${command}` : `${title}, then run: ${command}`;
}
