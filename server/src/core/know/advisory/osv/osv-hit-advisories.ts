import type { Advisory } from '../advisory.ts';
import { advisoryOf } from '../reports/reported-advisory.ts';
import type { OsvHit } from './osv-hit.ts';
import { readOsv } from './read-osv.ts';

/** The advisories of records that OSV's service named. Of the versions for which it did, no range has to say so again. */
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
