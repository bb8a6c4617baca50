import type { Coverage } from '../../../judge/check/coverage.ts';
import { unreadSources } from '../../../judge/check/file-gap.ts';
import { SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { relativeUri } from '../../../read/text/paths/uri.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import type { ExitReason } from './json.ts';
import type { Report } from './report.ts';
import { reaches } from './summary.ts';

/** The values of `--fail-on`. */
export const THRESHOLDS = ['error', 'warning', 'information', 'never'] as const;

/** Returns why a check passes or fails. */
export function exitReasonOf(
  { files, findings }: Report,
  { state }: Coverage,
  failOn: (typeof THRESHOLDS)[number],
  failOnUnchecked: boolean,
): ExitReason {
  if (failOnUnchecked && state !== 'checked') return 'not-checked';
  const otherwise = findings.length > 0 ? 'below-threshold' : state === 'checked' ? 'clean' : 'incomplete';
  if (failOn === 'never') return otherwise;
  // Findings in the readable part say nothing about the rest.
  if (unreadSources(files).length > 0) return 'unread';
  const threshold: Severity = SEVERITIES.find((severity) => severity === failOn) ?? 'error';
  return findings.some(({ finding }) => reaches(finding.severity, threshold)) ? 'findings' : otherwise;
}

/** Names the manifests and lockfiles that were not read completely, as the end of a message. */
export function unreadLine(report: Report): string {
  const files = unreadSources(report.files);
  const named = files.map(({ uri, reason }) => {
    const path = relativeUri(report.root, uri);
    return reason === undefined ? path : `${path} (${asClause(reason)})`;
  });
  const shown = namesAndMore(named, 3);
  const what = files.some(({ status }) => status === 'partial') ? 'read all of' : 'read';
  return visibleText(`could not ${what} ${shown}; fix or exclude ${files.length === 1 ? 'it' : 'them'}.`);
}
