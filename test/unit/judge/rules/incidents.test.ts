import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { documentOf, manifestOf, type Release } from './releases.ts';

/** The rules that judge a release by registry facts. */
const RULES = [
  'fresh-version',
  'publisher-changed',
  'maintainer-alert',
  'suspicious-release',
  'dependency-added-in-patch',
];

/** Returns what those rules would have reported about a version on a day. */
async function reportedOn(today: string, name: string, version: string, registry: RegistryDocuments) {
  const workspace = await openWorkspace(manifestOf(`    "${name}": "${version}"`), { registry, today });
  const found = workspace.findings().filter(({ rule }) => RULES.includes(rule));
  return found.map(({ rule, severity }) => `${rule} ${severity}`).sort();
}

/** Returns the day after the publication. */
function dayAfter(instant: string): string {
  return new Date(Date.parse(instant) + 86_400_000).toISOString().slice(0, 10);
}

const monthly = (
  first: string,
  versions: readonly string[],
  release: Release = {},
): Record<string, Release> =>
  Object.fromEntries(
    versions.map((version, at) => [
      version,
      { ...release, at: new Date(Date.parse(first) + at * 30 * 86_400_000).toISOString() },
    ]),
  );

describe('takeovers, in their shapes, on the days after', () => {
  test('event-stream: a new maintainer adds a dependency', async () => {
    const registry = {
      'event-stream': documentOf({
        ...monthly('2016-06-01', ['3.3.1', '3.3.2', '3.3.3', '3.3.4'], {
          by: 'dominictarr',
          maintainers: [{ name: 'dominictarr' }],
        }),
        '3.3.5': { at: '2018-09-05', by: 'right9ctrl', maintainers: [{ name: 'right9ctrl' }] },
        '3.3.6': {
          at: '2018-09-09',
          by: 'right9ctrl',
          maintainers: [{ name: 'right9ctrl' }],
          dependencies: { 'flatmap-stream': '^0.1.0' },
        },
      }),
      'flatmap-stream': documentOf({ '0.1.0': { at: '2018-09-05' }, '0.1.1': { at: '2018-10-05' } }),
    };
    assert.deepEqual(await reportedOn('2018-09-30', 'event-stream', '3.3.6', registry), [
      'dependency-added-in-patch error',
      'maintainer-alert error',
    ]);
    assert.deepEqual(await reportedOn('2018-09-30', 'event-stream', '3.3.5', registry), [
      'maintainer-alert information',
      'publisher-changed warning',
    ]);
  });

  test('ua-parser-js: the same account, three lines at once, taken away again', async () => {
    const releases = { '0.7.28': { at: '2021-04-10', by: 'faisalman' } };
    const document = documentOf(releases, {
      time: {
        created: '2012-01-01T00:00:00Z',
        '0.7.28': '2021-04-10T00:00:00Z',
        '0.7.29': '2021-10-22T12:15:00Z',
        '0.8.0': '2021-10-22T12:16:00Z',
        '1.0.0': '2021-10-22T12:16:30Z',
      },
    });
    assert.deepEqual(await reportedOn('2021-10-23', 'ua-parser-js', '0.7.29', { 'ua-parser-js': document }), [
      'fresh-version warning',
      'maintainer-alert error',
    ]);
  });

  test('eslint-scope, eslint-config-prettier, chalk and keyv: an account that has always published', async () => {
    const cases: readonly (readonly [string, string, string, string, string])[] = [
      ['eslint-scope', '3.7.1', '3.7.2', 'eslint', '2018-07-12T10:40:00Z'],
      ['eslint-config-prettier', '10.1.5', '10.1.6', 'jounqin', '2025-07-18T15:00:00Z'],
      ['chalk', '5.6.0', '5.6.1', 'qix', '2025-09-08T13:13:00Z'],
      ['keyv', '5.5.0', '6.0.0', 'jaredwray', '2026-08-04T10:00:00Z'],
    ];
    for (const [name, good, bad, by, at] of cases) {
      const registry = { [name]: documentOf({ [good]: { at: '2018-01-01', by }, [bad]: { at, by } }) };
      assert.ok(
        (await reportedOn(dayAfter(at), name, bad, registry)).includes('maintainer-alert error'),
        name,
      );
      assert.deepEqual(
        await reportedOn('2027-01-01', name, good, registry),
        ['maintainer-alert information'],
        name,
      );
    }
  });

  test('nx: eight versions within hours, by the same account as ever', async () => {
    const stolen = ['20.9.0', '21.5.0', '20.10.0', '21.6.0'].map((version, at): [string, Release] => [
      version,
      { at: `2025-08-26T22:3${at}:00.000Z`, by: 'nrwl' },
    ]);
    const document = documentOf({
      ...monthly('2025-01-01', ['21.0.0', '21.1.0', '21.2.0'], { by: 'nrwl' }),
      ...Object.fromEntries(stolen),
    });
    assert.deepEqual(await reportedOn('2025-08-27', 'nx', '21.6.0', { nx: document }), [
      'fresh-version warning',
      'maintainer-alert error',
    ]);
  });

  test('shai-hulud: a patch with a bundle, above latest for nobody', async () => {
    const document = documentOf({
      '4.1.0': { at: '2024-02-10', by: 'scttcper', size: 60_000 },
      '4.1.1': { at: '2025-09-15T19:52:00.000Z', by: 'scttcper', size: 3_700_000 },
    });
    assert.deepEqual(
      await reportedOn('2025-09-16', '@ctrl/tinycolor', '4.1.1', { '@ctrl/tinycolor': document }),
      ['fresh-version warning', 'suspicious-release warning'],
    );
  });

  test('axios: by hand after a CI service, with a dependency of a day', async () => {
    const registry = {
      axios: documentOf({
        ...monthly('2025-09-01', ['1.11.0', '1.12.0', '1.13.0', '1.14.0'], { by: 'trusted' }),
        '1.14.1': {
          at: '2026-03-31T00:21:00.000Z',
          by: 'jasonsaayman',
          dependencies: { 'plain-crypto-js': '^4.2.1' },
        },
      }),
      'plain-crypto-js': documentOf({
        '4.2.0': { at: '2026-03-30T05:57:00.000Z' },
        '4.2.1': { at: '2026-03-30T23:59:00.000Z' },
      }),
    };
    assert.deepEqual(await reportedOn('2026-03-31', 'axios', '1.14.1', registry), [
      'dependency-added-in-patch error',
      'fresh-version warning',
      'maintainer-alert error',
      'publisher-changed warning',
    ]);
    assert.deepEqual(await reportedOn('2026-03-31', 'axios', '1.14.0', registry), [
      'maintainer-alert information',
    ]);
  });

  test('mastra: a look-alike with bait, claimed from a well-known repository', async () => {
    const repository = { url: 'https://github.com/iamkun/dayjs' };
    const registry = {
      '@mastra/core': documentOf({
        '1.42.0': { at: '2026-05-01', by: 'mastra' },
        '1.42.1': { at: '2026-06-17', by: 'mastra', dependencies: { 'easy-day-js': '^1.11.21' } },
      }),
      'easy-day-js': documentOf({
        '1.11.21': { at: '2026-06-10', by: 'x', repository },
        '1.11.22': { at: '2026-06-17', by: 'x', repository },
      }),
    };
    assert.deepEqual(await reportedOn('2026-06-18', '@mastra/core', '1.42.1', registry), [
      'dependency-added-in-patch error',
      'fresh-version warning',
    ]);
  });
});

describe('honest releases, long enough after', () => {
  const repository = { repository: 'github:acme/x' };
  const trains: readonly (readonly [string, string, Record<string, Release>])[] = [
    [
      'a monorepo that releases every week from CI',
      '1.5.0',
      monthly('2026-05-01', ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'], {
        by: 'trusted',
        ...repository,
      }),
    ],
    [
      'a package that moved from an account to CI',
      '1.3.0',
      {
        ...monthly('2026-05-01', ['1.0.0', '1.1.0', '1.2.0'], { by: 'alice', ...repository }),
        '1.3.0': { at: '2026-09-01', by: 'trusted', ...repository },
      },
    ],
    [
      'fixes of three lines on one day, from CI',
      '3.0.1',
      {
        ...monthly('2026-02-01', ['1.0.0', '2.0.0', '3.0.0'], { by: 'trusted', ...repository }),
        '1.0.1': { at: '2026-09-01T10:00:00.000Z', by: 'trusted', ...repository },
        '2.0.1': { at: '2026-09-01T10:05:00.000Z', by: 'trusted', ...repository },
        '3.0.1': { at: '2026-09-01T10:09:00.000Z', by: 'trusted', ...repository },
      },
    ],
    [
      'maintainers of long standing in turns',
      '1.5.0',
      monthly('2026-05-01', ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'], {
        by: 'alice',
        maintainers: [{ name: 'alice' }, { name: 'bob' }],
      }),
    ],
  ];
  for (const [what, version, releases] of trains) {
    test(what, async () => {
      assert.deepEqual(await reportedOn('2026-11-24', 'x', version, { x: documentOf(releases) }), []);
    });
  }
});
