import semver from 'semver';
import type {
  Advisories,
  AdvisorySourceState,
} from '../../../../server/src/core/know/advisory/advisories.ts';
import type { Advisory, Affected } from '../../../../server/src/core/know/advisory/advisory.ts';
import { compareAdvisories } from '../../../../server/src/core/know/advisory/reports/compare-advisories.ts';

/** Data bundled four days before the tests' day. */
export const BUNDLED: AdvisorySourceState = {
  source: 'bundled',
  host: undefined,
  state: 'used',
  detail: undefined,
  asOf: Date.parse('2026-11-20T12:00:00Z'),
  unanswered: 0,
};

export interface KnownAdvisory extends Partial<Advisory> {
  readonly id: string;
  readonly package: string;
  readonly range: string;
}

/**
 * Returns advisories for display tests, compared as npm does; for an unbounded one it is unknown which
 * versions it affects.
 */
export function knownAdvisories(
  all: readonly KnownAdvisory[] = [],
  sources: readonly AdvisorySourceState[] = [BUNDLED],
): Advisories {
  const advisories = all.map(advisoryOf).sort(compareAdvisories);
  const of = (name: string) => advisories.filter((advisory) => advisory.package === name);
  return {
    of,
    affecting: (name, version) => of(name).filter((advisory) => advisory.affects(version) === 'yes'),
    sources,
  };
}

function advisoryOf(known: KnownAdvisory): Advisory {
  return {
    aliases: [],
    severity: undefined,
    score: undefined,
    cwes: [],
    isMalware: false,
    title: undefined,
    published: undefined,
    modified: undefined,
    isUnbounded: false,
    quality: 'complete',
    isLow: false,
    fixedIn: [],
    source: 'bundled',
    affects(version): Affected {
      if (!semver.satisfies(version, known.range, { includePrerelease: true })) return 'no';
      return known.isUnbounded === true ? 'unknown' : 'yes';
    },
    ...known,
  };
}
