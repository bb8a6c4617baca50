import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { IncidentNotes } from '../../read/policy-file/incident-members.ts';
import { visibleText } from '../../read/text/words/visible-text.ts';
import { joinNames } from '../../read/text/words/words.ts';
import { wrap } from '../../read/text/wrap.ts';
import { DROPPED_FILES, PLACES_TO_LOOK } from './malware-traces.ts';

/** The lead for steps addressed to the reader. */
export const RESPONSE_LEAD = 'If a machine has installed the version, treat it as compromised:';

/** The steps after malware may have run, in order; the source for all our texts about it. */
export const RESPONSE_STEPS = {
  isolate:
    'Take it off the network and keep its disk. Do not revoke tokens from it: some malware watches for that and then ' +
    'deletes the home directory.',
  credentials:
    "From a clean machine, rotate every credential that it could reach: the registry's tokens, GitHub and other code " +
    'hosts, cloud keys, SSH keys, CI secrets, wallets, and .env files.',
  traces:
    'Look for files that were left behind: workflow files, editor tasks and agent settings that nobody on the project wrote ' +
    `(${PLACES_TO_LOOK.join(', ')}), new repositories, branches, releases and runners under the account, files such as ` +
    `${DROPPED_FILES.slice(0, -1).join(', ')} or ${DROPPED_FILES.at(-1)}, and services or start-up entries.`,
  reinstall:
    "Declare a clean version, delete node_modules and the package manager's cache, and regenerate the lockfile with " +
    'scripts switched off. Then check whether packages of your own were published in the meantime.',
} as const;

/** Formats what to rotate first; empty if it is unknown. */
export function describeTaken(taken: readonly string[]): string {
  return taken.length === 0 ? '' : ` This malware is known to take ${joinNames(taken)}: begin there.`;
}

/** The limit of a note: it is the text of whoever wrote the policy. */
const LONGEST_NOTE = 1000;

/** Returns the notes of a policy on incidents as lines, after a lead; empty without any. */
export function noteLines({ contacts, communication, rollback }: IncidentNotes): readonly string[] {
  const lines = [
    ...(contacts === undefined ? [] : [`Contacts: ${shownText(contacts.join(', '), LONGEST_NOTE)}`]),
    ...(communication === undefined ? [] : [`Communication: ${shownText(communication, LONGEST_NOTE)}`]),
    ...(rollback === undefined ? [] : [`Rollback: ${shownText(rollback, LONGEST_NOTE)}`]),
  ];
  return lines.length === 0
    ? []
    : ["From the project's policy:", ...lines.map((line) => `- ${visibleText(line)}`)];
}

const COLUMNS = 120;

/** Formats the same as part of a Markdown text, with lead and numbered list. */
export function responseMarkdown(): string {
  const items = Object.values(RESPONSE_STEPS).map((step, at) =>
    wrap(step, COLUMNS - 3)
      .map((line, row) => (row === 0 ? `${at + 1}. ${line}` : `   ${line}`))
      .join('\n'),
  );
  return `${RESPONSE_LEAD}\n\n${items.join('\n')}`;
}
