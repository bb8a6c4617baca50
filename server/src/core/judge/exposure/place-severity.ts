import type { AdvisorySeverity } from '../../know/advisory/advisory.ts';
import type { Severity } from '../../read/text/finding.ts';
import { lowered } from '../../read/text/finding.ts';
import { type WeaknessClass, weaknessClass } from './weakness-class.ts';

export interface UsedAt {
  /** Whether it is there for development only; if unknown, it counts as production. */
  readonly isDev: boolean;
  /** Whether it counts as development because only development tools use it, whatever section declares them. */
  readonly isOfTools: boolean;
  readonly isDirect: boolean;
  /** Whether only fixtures, examples, templates or benchmarks use it. */
  readonly isFixture: boolean;
}

/** The properties of an advisory that determine severity. */
export interface RatedAdvisory {
  readonly severity: AdvisorySeverity | undefined;
  readonly cwes: readonly string[];
  readonly title: string | undefined;
  readonly isMalware: boolean;
}

type Column = 'production' | 'direct' | 'transitive';
type Row = Readonly<Record<Column, Severity>>;

const rowOf = (production: Severity, direct: Severity, transitive: Severity): Row => ({
  production,
  direct,
  transitive,
});

const MODERATE = rowOf('warning', 'information', 'information');
const LOW = rowOf('information', 'hint', 'hint');

/** Keep in sync with the table in server/docs/advisories.md. */
const TABLE: Readonly<Record<WeaknessClass, Readonly<Record<Exclude<AdvisorySeverity, 'info'>, Row>>>> = {
  execution: {
    critical: rowOf('error', 'error', 'error'),
    high: rowOf('error', 'error', 'warning'),
    moderate: rowOf('warning', 'warning', 'information'),
    low: rowOf('information', 'information', 'hint'),
  },
  page: {
    critical: rowOf('error', 'warning', 'warning'),
    high: rowOf('error', 'warning', 'warning'),
    moderate: MODERATE,
    low: LOW,
  },
  availability: {
    critical: rowOf('error', 'warning', 'information'),
    high: rowOf('error', 'warning', 'information'),
    moderate: { ...MODERATE, transitive: 'hint' },
    low: LOW,
  },
};

const classes = new WeakMap<RatedAdvisory, WeaknessClass>();

function classOf(advisory: RatedAdvisory): WeaknessClass {
  let found = classes.get(advisory);
  if (found === undefined) {
    found = weaknessClass(advisory);
    classes.set(advisory, found);
  }
  return found;
}

/**
 * Returns the severity of a finding about an advisory where the package is used; an unrated advisory counts as
 * moderate.
 */
export function placeSeverity(advisory: RatedAdvisory, at: UsedAt): Severity {
  const { severity, isMalware } = advisory;
  if (isMalware) return 'error';
  const column = at.isDev ? (at.isDirect ? 'direct' : 'transitive') : 'production';
  const rating = severity === 'info' ? 'low' : (severity ?? 'moderate');
  const found = TABLE[classOf(advisory)][rating][column];
  return at.isFixture ? lowered(found) : found;
}
