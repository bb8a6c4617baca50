/** A test's facts about an advisory on one package. */
export interface Osv {
  readonly aliases?: readonly string[];
  readonly severity?: 'LOW' | 'MODERATE' | 'HIGH' | 'CRITICAL';
  readonly cwe?: string;
  readonly title?: string;
  /** Exact versions in the record. */
  readonly versions?: readonly string[];
  /** Whether the ends of the ranges are missing from the source. */
  readonly isUnbounded?: boolean;
}

/**
 * Returns a record in the OSV format: `0 0.2.4` are introduced and fixed versions, in pairs; a last one without a
 * pair has no end.
 */
export function osv(id: string, name: string, events: string, more: Osv = {}): object {
  const { aliases = [], severity = 'HIGH', cwe, title, versions = [], isUnbounded } = more;
  const at = events.split(' ').filter((version) => version !== '');
  const ranges = [];
  for (let pair = 0; pair < at.length; pair += 2) {
    const fixed = at[pair + 1] === undefined ? [] : [{ fixed: at[pair + 1] }];
    ranges.push({ type: 'SEMVER', events: [{ introduced: at[pair] }, ...fixed] });
  }
  return {
    id,
    aliases,
    ...(title === undefined ? {} : { summary: title }),
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges,
        versions,
        ...(isUnbounded === true ? { database_specific: { upper_bound: 'unknown-in-source' } } : {}),
      },
    ],
    database_specific: { severity, cwe_ids: cwe === undefined ? [] : [cwe] },
  };
}
