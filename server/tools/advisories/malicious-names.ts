import semver from 'semver';
import type {
  AdvisoryReport,
  VersionInterval,
} from '../../src/core/know/advisory/reports/advisory-report.ts';
import { isDay } from '../../src/core/read/policy-file/day.ts';

/** The members of a report that tables of malware provide. */
type MalwareFacts = Pick<AdvisoryReport, 'ids' | 'package' | 'published' | 'intervals' | 'versions'>;

/** Lists of look-alike names without a license. */
const LEFT_OUT = new Set(['confudb2025']);

/**
 * Parses a table of malicious names: `name, versions, ids, first date`, with `*` for every version, or else versions
 * and ranges joined by `||`. Exact versions that are in the table of incidents are left to that.
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
 * Parses a table of hijacked releases: `campaign, date, name, version, ids`, with several versions joined by
 * `||`, or `*` for all. Anything but an id in the last column is ignored. Rows about one package with a common
 * id are one report.
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

/** Returns the ids in databases, or else the names of the lists that contain it. Undefined if only skipped lists do. */
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

/** Parses `*`, or one or two comparators. */
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

/** Returns the rows after the header line. */
function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'));
}
