import { SUSPICIOUS } from '../../../know/capabilities/score.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import { capabilitiesJson } from './capabilities-json.ts';
import type { Inspected } from './inspected.ts';

/** Returns the results of `inspect` as JSON text with a trailing newline. Members may be added, none is renamed or removed. */
export function inspectJson({ subject, from, record, since, notCompared }: Inspected): string {
  const json = {
    version: 1,
    subject,
    from,
    suspicious: record.isSuspicious,
    score: record.score,
    threshold: SUSPICIOUS,
    ...capabilitiesJson(record),
    since: since === undefined ? null : { subject: since.subject, ...capabilitiesJson(since.found) },
    notCompared: notCompared ?? null,
    files: record.files,
    parsed: record.parsed,
    notRead: record.gaps.map(({ file, reason }) => ({ file, reason })),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
