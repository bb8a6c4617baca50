import { RULES } from '../../core/judge/rules/index.ts';
import { meantWord } from '../../core/read/text/words/nearest-word.ts';

/** Returns the message for an unknown rule id, with the one that was probably meant. */
export function noRule(id: string): string {
  const meant = meantWord(
    id,
    RULES.map((rule) => rule.id),
  );
  const instead =
    meant === undefined ? '"dephygiene explain --help" lists all rules.' : `did you mean "${meant}"?`;
  return `unknown rule ${id}; ${instead}`;
}
