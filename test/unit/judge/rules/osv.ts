/** What a test says of an advisory on one package. */
export interface Osv {
  readonly aliases?: readonly string[];
  readonly severity?: 'LOW' | 'MODERATE' | 'HIGH' | 'CRITICAL';
  readonly cwe?: string;
  readonly title?: string;
  /** Exact versions that it lists. */
  readonly versions?: readonly string[];
  /** Whether the source lost where the ranges end. */
  readonly isUnbounded?: boolean;
}

/** A record in the form of OSV: `0 0.2.4` is what was introduced and fixed, in pairs; a last one alone has no end. */
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
