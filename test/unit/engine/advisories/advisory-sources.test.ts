import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { buildIndex } from '../../../../server/src/core/know/advisory/build-index.ts';
import { readOsv } from '../../../../server/src/core/know/advisory/osv/read-osv.ts';
import type { DatabasePort } from '../../../../server/src/engine/ports.ts';
import { BULK, entry, HOUR, lockfile, openLive, PUBLIC_BULK, project } from './live-harness.ts';

const FIRST = 'GHSA-2222-3333-4444';
const SECOND = 'GHSA-2222-3333-5555';
const PACKAGES = { minimist: '0.0.8' };
const ACME = 'https://npm.acme.example.test/';
const ALL = ['bundled', 'database', 'registry', 'osv'] as const;

function bytes(asOf: string, ...ids: readonly string[]): Uint8Array {
  const reports = ids.flatMap((id) => readOsv(record(id)).reports);
  return buildIndex({ reports, records: ids.length, withdrawn: [], asOf: Date.parse(asOf) });
}

function record(id: string) {
  return {
    id,
    modified: '2026-11-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'minimist' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] }],
      },
    ],
    database_specific: { severity: 'HIGH' },
  };
}

function database(
  read: () => Uint8Array | undefined,
  stamp: () => string | undefined = () => '1',
): DatabasePort {
  return { read, stamp, checkedAt: async () => undefined, update: async () => ({ type: 'cancelled' }) };
}

describe('the sources of advisories', () => {
  test('are used together, each finding from the best of them', async () => {
    const live = await openLive(project(PACKAGES), {
      reply: () => ({ minimist: [entry(SECOND, '<0.2.4')] }),
      ports: {
        advisories: () => bytes('2026-11-20', FIRST),
        database: database(() => bytes('2026-11-22', SECOND)),
      },
    });
    await live.session.settle();
    assert.deepEqual(live.reported(), [
      'bundled used',
      'database used',
      'registry used',
      'osv off: switched off',
    ]);
    assert.deepEqual(
      live.sources().map(({ asOf }) => asOf && new Date(asOf).toISOString().slice(0, 10)),
      ['2026-11-20', '2026-11-22', '2026-11-24', undefined],
    );
    const advisories = live.session.snapshot().projects[0]!.advisories.affecting('minimist', '0.0.8');
    assert.deepEqual(
      advisories.map(({ id, source }) => [id, source]),
      [
        [SECOND, 'registry'],
        [FIRST, 'bundled'],
      ],
    );
  });

  for (const source of ALL) {
    test(`say so where one is switched off: ${source}`, async () => {
      const live = await openLive(project(PACKAGES), {
        settings: { advisorySources: new Set(ALL.filter((other) => other !== source)) },
        ports: {
          advisories: () => bytes('2026-11-20', FIRST),
          database: database(() => bytes('2026-11-22', SECOND)),
        },
        reply: ({ url }) => (url.includes('querybatch') ? { results: [{}] } : {}),
      });
      await live.session.settle();
      const off = live.reported().filter((words) => words.includes('off'));
      assert.deepEqual(off, [`${source} off: switched off${source === 'registry' ? ' (1)' : ''}`]);
      assert.equal(live.reported().filter((words) => words.endsWith(' used')).length, 3);
      const expected = {
        bundled: [SECOND],
        database: [FIRST],
        registry: [FIRST, SECOND],
        osv: [FIRST, SECOND],
      };
      assert.deepEqual(live.ids('minimist', '0.0.8'), expected[source]);
    });
  }

  test('that cannot be opened say why', async () => {
    const live = await openLive(project(PACKAGES), {
      ports: {
        advisories: () => Uint8Array.from([1, 2, 3]),
        database: database(() => bytes('2026-11-22', FIRST).subarray(0, 60)),
      },
    });
    await live.session.settle();
    assert.deepEqual(live.reported().slice(0, 2), [
      'bundled failed: it is not an advisory index',
      'database failed: it is not complete',
    ]);
  });

  test('are not opened by a session that needs none', async () => {
    let reads = 0;
    const read = () => {
      reads++;
      return undefined;
    };
    const live = await openLive(project(PACKAGES), {
      settings: { severities: new Map(RULES.map(({ id }) => [id, 'off'] as const)) },
      ports: { advisories: read, database: database(read) },
    });
    await live.session.settle();
    assert.deepEqual([reads, live.posts.length, live.diagnose().readsAdvisories], [0, 0, false]);
  });

  test('are opened once, and a database again when there is another one', async () => {
    const reads: string[] = [];
    let stamp = '1';
    const live = await openLive(project(PACKAGES), {
      ports: {
        advisories: () => {
          reads.push('bundled');
          return bytes('2026-11-20', FIRST);
        },
        database: database(
          () => {
            reads.push(`database ${stamp}`);
            return stamp === '2' ? bytes('2026-11-22', SECOND) : undefined;
          },
          () => stamp,
        ),
      },
    });
    await live.session.settle();
    live.session.refresh();
    live.diagnose();
    assert.deepEqual(live.ids('minimist', '0.0.8'), [FIRST]);
    stamp = '2';
    live.session.refresh();
    assert.deepEqual(live.ids('minimist', '0.0.8'), [FIRST, SECOND]);
    assert.deepEqual(reads, ['bundled', 'database 1', 'database 2']);
  });
});

describe('each name goes to the registry that serves it', () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      workspaces: ['packages/*'],
      dependencies: { 'from-git': 'a/b', minimist: '*' },
    }),
    'packages/own/package.json': JSON.stringify({ name: 'own', version: '1.0.0' }),
    'package-lock.json': lockfile({
      '@acme/ui': '1.0.0',
      '@hidden/core': '1.0.0',
      'from-git': '1.0.0',
      'intern-tool': '1.0.0',
      minimist: '0.0.8',
      own: '1.0.0',
    }),
    '.npmrc': `@acme:registry=${ACME}\n`,
    'dependency-hygiene.json': JSON.stringify({ privateScopes: ['@hidden'], internalNames: ['intern-tool'] }),
  };
  const userNpmrc = '//npm.acme.example.test/:_authToken=for-acme-alone\n';

  test('and nowhere else, with the credential that was written for it', async () => {
    const live = await openLive(files, { userNpmrc });
    await live.session.settle();
    assert.deepEqual(
      live.asked().sort(([a], [b]) => (a < b ? -1 : 1)),
      [
        [`${ACME}${BULK}`, { '@acme/ui': ['1.0.0'] }],
        [PUBLIC_BULK, { minimist: ['0.0.8'] }],
      ],
    );
    assert.deepEqual(
      live.posts.map(({ url, headers }) => [url.startsWith(ACME), headers.authorization]).sort(),
      [
        [false, undefined],
        [true, 'Bearer for-acme-alone'],
      ],
    );
    assert.deepEqual(live.reported().slice(2), [
      'registry npm.acme.example.test used',
      'registry used',
      'registry off: they are private, and no registry is configured for them (2)',
      'registry off: the project does not take them from a registry (1)',
      'osv off: switched off',
    ]);
    for (const [key, { text }] of live.cache) assert.doesNotMatch(key + text, /for-acme-alone/);
  });

  test('with OSV only what the public registry itself serves, besides', async () => {
    const live = await openLive(files, {
      userNpmrc,
      settings: { advisorySources: new Set(ALL) },
      reply: ({ url }) => (url.includes('querybatch') ? { results: [{}] } : {}),
    });
    await live.session.settle();
    const osv = live.asked().filter(([url]) => url.includes('osv'));
    assert.deepEqual(osv, [
      [
        'https://api.osv.dev/v1/querybatch',
        { queries: [{ package: { name: 'minimist', ecosystem: 'npm' }, version: '0.0.8' }] },
      ],
    ]);
  });

  test('of a private default registry to that alone, though it has no advisories', async () => {
    const live = await openLive(
      { ...project({ minimist: '0.0.8' }), '.npmrc': `registry=${ACME}\n` },
      {
        settings: { advisorySources: new Set(ALL) },
        reply: () => 404,
        ports: { advisories: () => bytes('2026-11-20', FIRST) },
      },
    );
    await live.session.settle();
    assert.deepEqual([...new Set(live.posts.map(({ url }) => url))], [`${ACME}${BULK}`]);
    assert.deepEqual(live.reported(), [
      'bundled used',
      'database missing: "dephygiene db update" creates one',
      'registry npm.acme.example.test unsupported: the registry does not offer advisories (1)',
    ]);
    assert.deepEqual(live.ids('minimist', '0.0.8'), [FIRST], 'what is known without it still counts');
  });

  test('and a failure of one is none of another', async () => {
    const live = await openLive(files, { userNpmrc, reply: ({ url }) => (url.startsWith(ACME) ? 500 : {}) });
    await live.session.settle();
    assert.deepEqual(live.reported().slice(2, 4), [
      'registry npm.acme.example.test failed: the registry answered with status 500 (1)',
      'registry used',
    ]);
  });

  test('and a credential that comes later is used at once', async () => {
    const live = await openLive(files, {
      reply: ({ url, headers }) => (url.startsWith(ACME) && headers.authorization === undefined ? 401 : {}),
    });
    await live.session.settle();
    assert.match(live.reported()[2]!, /failed: the registry gives no access without a credential/);
    const npmrc = live.session.snapshot().projects[0]!.project.npmConfig.project!;
    live.session.setOverlay(npmrc.uri, `${npmrc.text}//npm.acme.example.test/:_authToken=new\n`);
    await live.session.settle();
    assert.equal(live.reported()[2], 'registry npm.acme.example.test used');
  });
});

describe("OSV's service", () => {
  const settings = { advisorySources: new Set(['osv'] as const) };
  const files = project({ minimist: '0.0.8', lodash: '4.17.20' });

  test('is asked which records there are, then for each of them, once', async () => {
    const live = await openLive(files, {
      settings,
      reply: ({ json }) => {
        const { queries } = JSON.parse(json) as {
          queries: { package: { name: string }; page_token?: string }[];
        };
        return {
          results: queries.map(({ package: { name }, page_token }) =>
            name !== 'minimist'
              ? {}
              : page_token === undefined
                ? { vulns: [{ id: FIRST }], next_page_token: 'more' }
                : { vulns: [{ id: SECOND }] },
          ),
        };
      },
      get: ({ url }) => {
        const id = url.split('/').at(-1)!;
        return id.startsWith('GHSA') ? record(id) : 404;
      },
    });
    assert.equal(live.diagnose().provisional, true);
    await live.session.settle();
    assert.deepEqual(
      live.gets.map(({ url }) => url).filter((url) => url.includes('osv')),
      [FIRST, SECOND].map((id) => `https://api.osv.dev/v1/vulns/${id}`),
    );
    assert.deepEqual(live.posts.length, 2);
    assert.equal(live.reported().at(-1), 'osv used');
    assert.deepEqual(live.ids('minimist', '0.0.8'), [FIRST, SECOND]);
    assert.equal(live.session.snapshot().projects[0]!.advisories.of('minimist')[0]!.source, 'osv');

    const again = await openLive(files, { settings, cache: live.cache });
    again.pass(6 * HOUR - 1);
    await again.session.settle();
    assert.deepEqual([again.posts.length, again.ids('minimist', '0.0.8')], [0, [FIRST, SECOND]]);
  });

  test('makes certain what its records leave open', async () => {
    const [affected] = record(FIRST).affected;
    const open = {
      ...record(FIRST),
      affected: [{ ...affected, ranges: [{ type: 'SEMVER', events: [{ introduced: '9.0.0' }] }] }],
    };
    const live = await openLive(project(PACKAGES), {
      settings,
      reply: () => ({ results: [{ vulns: [{ id: FIRST }] }] }),
      get: ({ url }) => (url.endsWith(FIRST) ? open : 404),
    });
    await live.session.settle();
    assert.deepEqual(live.ids('minimist', '0.0.8'), [FIRST]);
  });

  for (const [label, reply, get, detail] of [
    ['an error', () => 500, () => 404, 'OSV answered with status 500'],
    ['too few answers', () => ({ results: [] }), () => 404, 'OSV sent an unreadable response'],
    [
      'no record',
      () => ({ results: [{ vulns: [{ id: FIRST }] }] }),
      () => 404,
      'OSV answered with status 404',
    ],
    [
      "another's record",
      () => ({ results: [{ vulns: [{ id: FIRST }] }] }),
      () => record(SECOND),
      'OSV sent an unreadable response',
    ],
    [
      'pages without end',
      () => ({ results: [{ vulns: [], next_page_token: 'more' }] }),
      () => 404,
      'OSV sent an unreadable response',
    ],
    [
      'an odd id',
      () => ({ results: [{ vulns: [{ id: '../x' }] }] }),
      () => 404,
      'OSV sent an unreadable response',
    ],
  ] as const) {
    test(`has not answered with ${label}`, async () => {
      const live = await openLive(project(PACKAGES), { settings, reply, get });
      await live.session.settle();
      assert.equal(live.reported().at(-1), `osv failed: ${detail} (1)`);
      assert.equal(live.diagnose().provisional, false);
    });
  }
});
