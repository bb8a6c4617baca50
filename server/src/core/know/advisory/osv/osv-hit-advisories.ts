import type { Advisory } from '../advisory.ts';
import { advisoryOf } from '../reports/reported-advisory.ts';
import type { OsvHit } from './osv-hit.ts';
import { readOsv } from './read-osv.ts';

/**
 * Returns the advisories of records that OSV's service named. For the versions that it named, no range has to confirm
 * it.
 */
export function osvHitAdvisories(name: string, hits: readonly OsvHit[]): readonly Advisory[] {
  return hits.flatMap(({ versions, record }) =>
    readOsv(record)
      .reports.filter((report) => report.package === name)
      .map((report) => confirmed(advisoryOf(report, 'osv'), versions)),
  );
}

function confirmed(advisory: Advisory, versions: readonly string[]): Advisory {
  const { id, aliases, severity, score, cwes, isMalware, title, published, modified } = advisory;
  const { range, isUnbounded, fixedIn, quality, isLow, source } = advisory;
  return {
    ...{
      id,
      aliases,
      package: advisory.package,
      severity,
      score,
      cwes,
      isMalware,
      title,
      published,
      modified,
    },
    ...{ range, isUnbounded, fixedIn, quality, isLow, source },
    affects: (version) => (versions.includes(version) ? 'yes' : advisory.affects(version)),
  };
}
