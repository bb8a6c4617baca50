import type {
  AdvisoryReport,
  VersionInterval,
} from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';

/** Returns a minimal report. */
export function report(facts: Partial<AdvisoryReport> = {}): AdvisoryReport {
  return {
    ids: ['CVE-2024-0001'],
    package: 'shelf',
    severity: undefined,
    score: undefined,
    cwes: [],
    isMalware: false,
    isReviewed: false,
    isLow: false,
    quality: 'complete',
    title: undefined,
    published: undefined,
    modified: undefined,
    intervals: [],
    versions: [],
    ...facts,
  };
}

/** Parses `>=1.0.0 <2.0.0`, `>=1.0.0 <=2.0.0`, `>1.0.0`, `<2.0.0`; a `?` after it means that the end is missing. */
export function interval(text: string): VersionInterval {
  const [, from, first, to, last, lost] = /^(?:(>=?)(\S+))? ?(?:(<=?)(\S+))?( \?)?$/.exec(text)!;
  return {
    start: first === undefined ? undefined : { version: first, inclusive: from === '>=' },
    end:
      last !== undefined ? { version: last, inclusive: to === '<=' } : lost === undefined ? 'open' : 'lost',
  };
}
