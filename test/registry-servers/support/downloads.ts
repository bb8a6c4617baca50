import type { Answer } from './faults.ts';
import type { PackageFixture } from './package-fixture.ts';

const WEEK = { start: '2026-11-16', end: '2026-11-22' };

/**
 * Returns download counts in the format of the public registry's service: `/downloads/point/last-week/<name>`, a list
 * of names without a scope, `/downloads/range/…` by day, and `/versions/<name>/last-week`.
 */
export function downloadsAnswer(path: string, packages: ReadonlyMap<string, PackageFixture>): Answer {
  const asked = /^\/downloads\/(point|range)\/[^/]+\/(.+)$/.exec(path);
  if (asked === null) return json(404, { error: 'not found' });
  const names = decodeURIComponent(asked[2]!).split(',');
  const count = (name: string) => {
    const downloads = packages.get(name)?.downloads;
    if (downloads === undefined) return null;
    return asked[1] === 'point'
      ? { downloads, ...WEEK, package: name }
      : { ...WEEK, package: name, downloads: byDay(downloads) };
  };
  if (names.length === 1) {
    const [name = ''] = names;
    return count(name) === null ? json(404, { error: `package ${name} not found` }) : json(200, count(name));
  }
  if (names.length > 128 || names.some((name) => name.startsWith('@'))) {
    return json(400, { error: 'scoped packages not yet supported in bulk lookups' });
  }
  return json(200, Object.fromEntries(names.map((name) => [name, count(name)])));
}

function byDay(downloads: number): readonly object[] {
  const first = Date.parse(`${WEEK.start}T00:00:00Z`);
  return Array.from({ length: 7 }, (_, day) => ({
    downloads: Math.floor((downloads + day) / 7),
    day: new Date(first + day * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  }));
}

function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
