import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import type { Advisory } from '../../server/src/core/know/advisory/advisory.ts';
import type { AdvisoryIndex } from '../../server/src/core/know/advisory/advisory-index.ts';
import { buildIndex } from '../../server/src/core/know/advisory/build-index.ts';
import { openIndex } from '../../server/src/core/know/advisory/open-index.ts';
import { readOsv } from '../../server/src/core/know/advisory/osv/read-osv.ts';
import { advisoryRecords } from './advisory-data.ts';
import { type OracleAdvisory, oracleAdvisories } from './advisory-oracle.ts';
import { corpusProjects } from './lockfile-project.ts';
import { ourGraph } from './our-graph.ts';

const records = advisoryRecords();
if (records.length === 0) console.log('no data beside the checkout: nothing is checked');
else {
  const index = indexOf();
  const oracle = oracleAdvisories(records);

  test('every record says of at least 200 versions what semver says', () => {
    let reported = 0;
    for (const [name, advisories] of oracle) {
      const found = index.of(name);
      assert.equal(found.length, advisories.length, name);
      for (const expected of advisories) {
        const isExpected = ({ id, aliases }: Advisory) =>
          aliases.length + 1 === expected.ids.size &&
          [id, ...aliases].every((each) => expected.ids.has(each));
        const ours = found.filter(isExpected);
        assert.equal(ours.length, 1, `${name} ${[...expected.ids].join()}`);
        const [advisory] = ours;
        assert.equal(advisory!.isMalware, expected.isMalware, `${name} ${advisory!.id}`);
        const versions = versionsFor(expected);
        assert.ok(versions.size >= 200);
        const wrong = [...versions].filter(
          ([text, version]) => advisory!.affects(text) !== expected.affects(version),
        );
        assert.deepEqual(
          wrong.map(([text]) => text),
          [],
          `${name} ${advisory!.id} ${advisory!.range}`,
        );
        if (!advisory!.isUnbounded && advisory!.range !== '') assertSame(advisory!, versions);
        reported++;
      }
    }
    assert.ok(reported >= 26_000, `${reported} advisories`);
    assert.equal([...index.names()].length, oracle.size);
  });

  for (const project of corpusProjects()) {
    test(`${project.name}: packages, versions and advisories are those of the oracle`, async () => {
      const { packages } = await ourGraph(project);
      const locked = new Set(packages.map(({ name, version }) => `${name} ${version ?? ''}`));
      const ours: string[] = [];
      const theirs: string[] = [];
      for (const key of locked) {
        const [name = '', version = ''] = key.split(' ');
        ours.push(
          ...index
            .affecting(name, version)
            .map(({ id, aliases }) => `${key} ${[id, ...aliases].sort().join()}`),
        );
        const parsed = semver.parse(version, { loose: true });
        if (parsed === null) continue;
        const affecting = (oracle.get(name) ?? []).filter((each) => each.affects(parsed) === 'yes');
        theirs.push(...affecting.map(({ ids }) => `${key} ${[...ids].sort().join()}`));
      }
      assert.deepEqual(ours.sort(), theirs.sort());
    });
  }
}

function indexOf(): AdvisoryIndex {
  const read = records.map((record) => readOsv(record));
  assert.deepEqual(
    read.flatMap(({ problem }) => problem ?? []),
    [],
  );
  const reports = read.flatMap((each) => each.reports);
  const withdrawn = read.flatMap((each) => each.withdrawn ?? []);
  const bytes = buildIndex({ reports, withdrawn, records: records.length, asOf: undefined });
  const opened = openIndex(bytes, 'database');
  assert.ok('index' in opened);
  return opened.index;
}

/** Asserts that the displayed range means the same to npm. */
function assertSame(advisory: Advisory, versions: ReadonlyMap<string, semver.SemVer>): void {
  const range = new semver.Range(advisory.range, { includePrerelease: true, loose: true });
  for (const [text, version] of versions) {
    assert.equal(
      advisory.affects(text),
      range.test(version) ? 'yes' : 'no',
      `${advisory.id} ${advisory.range} ${text}`,
    );
  }
}

/** Returns the versions in the records and those next to them, and some of every kind. */
function versionsFor({ written }: OracleAdvisory): ReadonlyMap<string, semver.SemVer> {
  const versions = new Map(EVERY_KIND);
  const add = (text: string) => {
    const version = semver.parse(text, { loose: true });
    if (version !== null) versions.set(text, version);
  };
  for (const text of written.slice(0, 400)) {
    const version = semver.parse(text, { loose: true });
    if (version === null) continue;
    const { major, minor, patch } = version;
    add(text);
    add(version.version);
    for (const [x, y, z] of [
      [major, minor, patch],
      [major, minor, patch + 1],
      [major, minor, patch - 1],
      [major, minor + 1, 0],
      [major, minor - 1, 99],
      [major + 1, 0, 0],
      [major - 1, 99, 99],
    ] as const) {
      add(`${x}.${y}.${z}`);
      add(`${x}.${y}.${z}-rc.1`);
    }
    add(`${text}.1`);
    add(`v${text}`);
    add(`${text}+build.5`);
  }
  return versions;
}

const EVERY_KIND: ReadonlyMap<string, semver.SemVer> = new Map(
  [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 21].flatMap((major) =>
      [0, 1, 2, 4, 7, 17].flatMap((minor) => [0, 1, 5].map((patch) => `${major}.${minor}.${patch}`)),
    ),
    ...[
      '0.0.0-0',
      '0.0.0-alpha',
      '1.0.0-beta.2',
      '2.0.0-rc.1',
      '99.99.99',
      '999.9.9',
      '2026.11.26',
      '20261126.0.0',
    ],
    ...['1.20261126.0', '1.0.20261126', '131071.262143.262143', '131072.0.0', '0.262144.0', '0.0.262144'],
    ...[
      '9007199254740991.0.0',
      '1.0.0-9007199254740991',
      '1.2.3-1.2.3',
      '0.0.1',
      '0.0.99',
      '15.1.0-canary.3',
    ],
  ].map((text) => [text, new semver.SemVer(text, { loose: true })]),
);
