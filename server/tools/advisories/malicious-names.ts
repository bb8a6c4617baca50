import semver from 'semver';
import type {
  AdvisoryReport,
  VersionInterval,
} from '../../src/core/know/advisory/reports/advisory-report.ts';
import { isDay } from '../../src/core/read/policy-file/day.ts';

/** The parts of a report that tables of malware fill. */
type MalwareFacts = Pick<AdvisoryReport, 'ids' | 'package' | 'published' | 'intervals' | 'versions'>;

/** Lists of look-alike names that come without a licence. */
const LEFT_OUT = new Set(['confudb2025']);

/**
 * Reports of a table of malicious names: `name, versions, ids, first date`, with `*` for every version, else versions and
 * ranges joined by `||`. Exact versions that the table of incidents has are left to that.
 */
export function readMaliciousNames(table: string): readonly AdvisoryReport[] {
  return rowsOf(table).flatMap(([name = '', versions = '', ids = '', date = '']) => {
    const parts = versions.split('||').map((part) => part.trim());
    const sources = ids.split(',');
    const isIncident = sources.some((id) => id.startsWith('INC:'));
    const ranges = parts.filter((part) => semver.valid(part) === null);
    const listed = isIncident ? [] : parts.filter((part) => semver.valid(part) !== null);
    const own = idsOf(sources);
    if (own === undefined || ranges.length + listed.length === 0) return [];
    const intervals = ranges.map(intervalOf);
    return [
      malware({
        ids: own,
        package: name,
        published: isDay(date) ? date : undefined,
        intervals,
        versions: listed,
      }),
    ];
  });
}

/**
 * Reports of a table of hijacked releases: `campaign, date, name, version, ids`, with several versions joined by `||` or `*`
 * for all. What stands where ids do and is none does not count. Rows on one package that name the same id are one report.
 */
export function readIncidents(table: string): readonly AdvisoryReport[] {
  const found = new Map<string, { readonly facts: MalwareFacts; readonly versions: string[] }>();
  for (const [campaign = '', date = '', name = '', version = '', sources = ''] of rowsOf(table)) {
    const [id, ...others] = [...sources.split(',').filter(isId), `INCIDENT-${campaign}`];
    const isAll = version === '*';
    const key = `${name} ${id} ${isAll}`;
    const listed = isAll ? [] : version.split('||').map((part) => part.trim());
    const known = found.get(key);
    if (known !== undefined) known.versions.push(...listed);
    else {
      const facts: MalwareFacts = {
        ids: [id!, ...others],
        package: name,
        published: isDay(date) ? date : undefined,
        intervals: isAll ? [{ start: undefined, end: 'open' }] : [],
        versions: [],
      };
      found.set(key, { facts, versions: listed });
    }
  }
  return [...found.values()].map(({ facts, versions }) => malware({ ...facts, versions }));
}

/** The ids of databases; else what the lists that name it are called. Undefined where only lists left out do. */
function idsOf(sources: readonly string[]): [string, ...string[]] | undefined {
  const [id, ...aliases] = sources.filter(isId);
  if (id !== undefined) return [id, ...aliases];
  if (sources.includes('DD')) return ['DATADOG-dataset'];
  const lists = sources.flatMap((source) => (source.startsWith('LIST:') ? source.slice(5).split('+') : []));
  const list = lists.find((each) => !LEFT_OUT.has(each));
  return list === undefined ? undefined : [`TYPOSQUAT-${list}`];
}

function isId(text: string): boolean {
  return /^(?:GHSA|MAL|CVE)-/.test(text);
}

function malware(facts: MalwareFacts): AdvisoryReport {
  return {
    ...facts,
    severity: 'critical',
    score: undefined,
    cwes: ['CWE-506'],
    isMalware: true,
    isReviewed: false,
    isLow: false,
    quality: 'complete',
    title: undefined,
    modified: undefined,
  };
}

/** `*`, or one or two comparators. */
function intervalOf(range: string): VersionInterval {
  const [comparators = []] = new semver.Range(range, { includePrerelease: true, loose: true }).set;
  let start: VersionInterval['start'];
  let end: VersionInterval['end'] = 'open';
  for (const {
    operator,
    semver: { version },
  } of comparators) {
    if (operator === '>=' && version !== '0.0.0') start = { version, inclusive: true };
    else if (operator === '>') start = { version, inclusive: false };
    else if (operator === '<' || operator === '<=') end = { version, inclusive: operator === '<=' };
  }
  return { start, end };
}

/** The first line names the columns. */
function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'));
}
