import { coverageWith } from '../../../../../server/src/core/judge/check/coverage.ts';
import type { Finding, Fix } from '../../../../../server/src/core/read/text/finding.ts';
import {
  acceptedOf,
  type JsonReport,
  jsonOf,
} from '../../../../../server/src/core/show/report/check/json.ts';
import { findingOn, ROOT, sampleReport } from '../sample-report.ts';

const MANIFEST = `{
  "dependencies": {
    "lodahs": "^4.17.21",
    "b": "*"
  }
}
`;

const RENAME: Fix = {
  title: 'Rename to "lodash"',
  applicability: 'unsafe',
  edits: [
    {
      uri: `${ROOT}/package.json`,
      span: { start: MANIFEST.indexOf('lodahs'), end: MANIFEST.indexOf('lodahs') + 6 },
      newText: 'lodash',
    },
  ],
};

/** What no format may take for a part of itself. */
export const HOSTILE = 'a | <b> & "c"\n::error::d %0A ]]> `e` @f \u0007\u202E';

export const FINDINGS: readonly Finding[] = [
  findingOn(MANIFEST, '"lodahs"', {
    package: 'lodahs',
    version: '4.17.21',
    fixes: () => [RENAME],
    related: [{ uri: `${ROOT}/my file.json`, span: { start: 0, end: 1 }, message: 'here' }],
  }),
  findingOn(MANIFEST, '"*"', { rule: 'unbounded-range', severity: 'error', package: 'b', message: HOSTILE }),
  findingOn(MANIFEST, '"b"', { rule: 'outdated-dependency', severity: 'hint', message: 'a hint' }),
];

export const HASH = (text: string): string => `#${text}`;

/** Returns a report in its plain form, with a gap, and what the configuration accepts. */
export function sample(findings: readonly Finding[] = FINDINGS) {
  const report = sampleReport({
    texts: { 'package.json': MANIFEST, 'my file.json': '{}' },
    findings,
    accepted: [{ finding: findingOn(MANIFEST, '"dependencies"'), reasons: ['ours'] }],
  });
  const coverage = coverageWith([
    {
      ...{ kind: 'file', state: 'not-checked', reason: 'unread', subject: 'yarn.lock', path: 'yarn.lock' },
      ...{ detail: 'is not text', advice: 'fix it' },
    } as const,
  ]);
  const json: JsonReport = jsonOf(report, { coverage, exitReason: 'findings' });
  return { json, accepted: acceptedOf(report) };
}
