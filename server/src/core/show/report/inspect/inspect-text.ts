import { SIGNS } from '../../../know/capabilities/capability.ts';
import { CAPABILITY_NAMES, describeCapability, describeSign } from '../../../know/capabilities/describe.ts';
import type { CapabilityEntry, RecordedSign } from '../../../know/capabilities/record.ts';
import { SUSPICIOUS } from '../../../know/capabilities/score.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import type { Inspected } from './inspected.ts';

const MOST_DETAILS = 6;

/** Formats the results of `inspect` for a terminal. Untrusted text cannot imitate our own output. */
export function inspectText(
  { subject, record, since, notCompared }: Inspected,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const paint = colour ? COLOURED : PLAIN;
  const lines: string[] = [...wrap(visibleText(subject), columns).map(paint.strong), ''];
  const add = (text: string, indent = 0) =>
    lines.push(...wrap(visibleText(text), columns - indent).map((line) => ' '.repeat(indent) + line));
  for (const [capability, name] of Object.entries(CAPABILITY_NAMES)) {
    const entries = record.entries.filter((entry) => entry.capability === capability);
    if (entries.length === 0) continue;
    const details = namesAndMore(
      entries.map(({ detail }) => detail),
      MOST_DETAILS,
    );
    add(`${name}: ${details} (${placeOf(entries[0]!)})`);
  }
  if (record.entries.length === 0)
    add(
      `${record.gaps.length > 0 ? 'What was read' : 'The code'} shows no use of network, processes, files of the user, or dynamic code.`,
    );
  if (record.signs.length > 0) {
    lines.push('');
    add(`Signs with their points (suspicious from ${SUSPICIOUS}):`);
    for (const one of record.signs)
      add(`${SIGNS[one.sign].weight}  ${describeSign(one.sign)} (${placeOf(one)})`, 2);
  }
  if (since !== undefined) {
    lines.push('');
    const { entries, signs } = since.found;
    if (entries.length + signs.length === 0) add(`Nothing is new against ${since.subject}.`);
    else add(`New against ${since.subject}:`);
    for (const entry of entries) add(`+ ${describeCapability(entry)} (${placeOf(entry)})`, 2);
    for (const one of signs) add(`+ ${describeSign(one.sign)} (${placeOf(one)})`, 2);
  } else if (notCompared !== undefined) {
    lines.push('');
    add(`Not compared with an earlier version: ${notCompared}.`);
  }
  lines.push('');
  for (const { file, reason } of record.gaps.slice(0, 10)) add(`Not read: ${file}: ${reason}.`);
  if (record.gaps.length > 10) add(`Not read: ${plural(record.gaps.length - 10, 'more file')}.`);
  const read = `${plural(record.files, 'file')} read, ${record.parsed} parsed`;
  add(
    record.isSuspicious
      ? `Suspicious: ${record.score} points. Read the code at these places before you run it (${read}).`
      : `Not suspicious by its score of ${record.score} (${read}). This does not prove that the code is safe.`,
  );
  return `${lines.join('\n')}\n`;
}

function placeOf({ file, line }: Pick<CapabilityEntry | RecordedSign, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
