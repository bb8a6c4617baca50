import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { displayWidth } from '../../../../server/src/core/read/text/words/visible-text.ts';
import { watchJson } from '../../../../server/src/core/show/report/watch/watch-json.ts';
import { hasGap, type WatchReport } from '../../../../server/src/core/show/report/watch/watch-report.ts';
import { watchText } from '../../../../server/src/core/show/report/watch/watch-text.ts';
import { BUNDLED } from '../features/known-advisories.ts';
import { advisory, NOON } from '../watch/sample-records.ts';

const HOUR = 60 * 60 * 1000;

const SHOP = { path: '', name: 'shop', since: NOON - 7 * HOUR, dependencies: 14, events: [] };
const API = { path: 'services/api', name: 'api', since: NOON - 24 * HOUR, dependencies: 3, events: [] };
const QUIET: WatchReport = {
  ...{ projects: [SHOP, API], unseen: [], unseenAccounts: [], unread: [] },
  advisories: [BUNDLED],
};

const NEWS: WatchReport = {
  ...QUIET,
  projects: [
    {
      ...SHOP,
      events: [
        { kind: 'advisory', name: 'left-pad', version: '1.1.0', advisory: advisory('GHSA-2222-3333-4444') },
        {
          kind: 'deprecated',
          name: 'left-pad',
          version: '1.1.0',
          reason: 'no\u001b[2Jmore\u202e',
          newer: null,
        },
      ],
    },
    {
      ...API,
      events: [{ kind: 'major', name: 'x', version: '1.0.0', newest: '2.0.0', waitsUntil: NOON }],
    },
  ],
};

const print = (report: WatchReport, columns = 80, colour = false) =>
  watchText(report, { columns, colour, now: NOON });

describe('the report of a watch', () => {
  test('is one quiet line where nothing is new', () => {
    assert.equal(print(QUIET), 'No news about 17 dependencies since the last run, 24 h ago.\n');
  });

  test('has the news project by project', () => {
    assert.equal(
      print(NEWS),
      `1 dependency of shop has news since the last run, 7 h ago:
  - left-pad 1.1.0 has a new high advisory: command injection
    (GHSA-2222-3333-4444), fixed in 1.2.1. Update it.
  - left-pad 1.1.0 is deprecated now ("no\ufffd[2Jmore\ufffd"). Replace it.

1 dependency of api (services/api) has news since the last run, 24 h ago:
  - x 1.0.0 has a new major version, 2.0.0. Leave it until 24 Nov 2026, when its
    cooldown ends.
`,
    );
  });

  test('names what was looked at for the first time', () => {
    const first = { ...API, since: undefined };
    assert.equal(
      print({ ...QUIET, projects: [SHOP, first] }),
      `No news about 14 dependencies since the last run, 7 h ago.
First run: recorded 3 dependencies of api. The next run reports news.
`,
    );
  });

  test('never calls nothing new what could not be looked at', () => {
    const gaps: readonly Partial<WatchReport>[] = [
      { unseen: [{ name: 'a', reason: 'failed', detail: 'no answer from the registry' }] },
      { unread: [{ path: 'yarn.lock', reason: 'It has a merge conflict.' }] },
      {
        advisories: [
          { ...BUNDLED, source: 'registry', state: 'failed', detail: 'it broke off', unanswered: 2 },
        ],
      },
    ];
    for (const gap of gaps) {
      const report = { ...QUIET, ...gap };
      assert.ok(hasGap(report));
      assert.match(print(report), /^No news about 17 dependencies since the last run, 24 h ago, but not/);
      assert.match(
        print(report),
        /^Not checked: (?:a \(no|yarn\.lock \(it has|advisories of the public npm registry for 2 packages)/m,
      );
    }
    const kept = { name: '@acme/ui', reason: 'private', detail: 'it is private' } as const;
    assert.equal(hasGap({ ...QUIET, unseen: [kept] }), false);
    assert.match(print({ ...QUIET, unseen: [kept] }), /^No news about 17.*\nNot checked: @acme\/ui \(it is/);
  });

  test('fits any width, and is the same with colour', () => {
    for (const columns of [40, 60, 80, 120]) {
      const wide = print(NEWS, columns)
        .split('\n')
        .filter((line) => displayWidth(line) > columns);
      assert.deepEqual(wide, [], `${columns} columns`);
    }
    const control = String.fromCharCode(27);
    const coloured = print(NEWS, 80, true);
    assert.ok(coloured.includes(`${control}[31m`));
    assert.equal(coloured.replaceAll(new RegExp(`${control}\\[\\d+m`, 'g'), ''), print(NEWS));
  });

  test('as JSON', () => {
    const json = JSON.parse(watchJson(NEWS));
    assert.equal(json.version, 1);
    assert.deepEqual(json.projects[1], {
      path: 'services/api',
      name: 'api',
      since: '2026-11-23T12:00:00.000Z',
      dependencies: 3,
      news: [
        {
          kind: 'major',
          package: 'x',
          version: '1.0.0',
          message:
            'x 1.0.0 has a new major version, 2.0.0. Leave it until 24 Nov 2026, when its cooldown ends.',
          newest: '2.0.0',
          waitsUntil: '2026-11-24T12:00:00.000Z',
        },
      ],
    });
    assert.deepEqual(json.advisories, [
      {
        ...{ source: 'bundled', host: null, status: 'used', detail: null },
        ...{ asOf: '2026-11-20T12:00:00.000Z', unanswered: 0 },
      },
    ]);
    const [found, deprecated] = json.projects[0].news;
    assert.deepEqual(
      [found.id, found.aliases, found.severity, found.fixedIn, found.doubtful],
      ['GHSA-2222-3333-4444', [], 'high', '1.2.1', false],
    );
    assert.equal(deprecated.newer, null);
  });
});
