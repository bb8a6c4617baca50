import type { Finding, Fix } from '../../../../server/src/core/read/text/finding.ts';
import { makeReport, type Report } from '../../../../server/src/core/show/report/check/report.ts';

export const ROOT = 'file:///w';

/** Returns a finding at the first occurrence of `token` in the text. */
export function findingOn(text: string, token: string, changes: Partial<Finding> = {}): Finding {
  const start = text.indexOf(token);
  return {
    rule: 'typosquat-name',
    severity: 'warning',
    uri: `${ROOT}/package.json`,
    span: { start, end: start + token.length },
    message: '"lodahs" looks like a misspelling of "lodash".',
    related: [],
    data: {},
    fixes: () => [],
    ...changes,
  };
}

export interface Sample extends Partial<Omit<Report, 'findings' | 'textOf'>> {
  readonly texts?: Readonly<Record<string, string>>;
  readonly findings?: readonly (Finding | readonly [Finding, readonly Fix[]])[];
}

/** Returns a report over texts by path. Each text is a checked file unless `files` says otherwise. */
export function sampleReport({ texts = {}, findings = [], ...rest }: Sample): Report {
  return makeReport({
    root: ROOT,
    rootPath: '/w',
    projects: [{ root: ROOT, kind: 'project' }],
    files: Object.keys(texts).map((path) => ({
      uri: `${ROOT}/${path}`,
      kind: 'manifest',
      status: 'checked',
      reason: undefined,
      entries: undefined,
    })),
    notChecked: [],
    sources: [],
    advisories: [],
    undecided: [],
    ...rest,
    findings: findings.map((item) =>
      'length' in item ? { finding: item[0], fixes: item[1] } : { finding: item, fixes: item.fixes() },
    ),
    textOf: (uri) => texts[uri.slice(ROOT.length + 1)],
  });
}
