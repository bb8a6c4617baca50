import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, type Release, strippedOf } from './releases.ts';

const RULE = 'publisher-changed';

/** Returns versions by these accounts, a month apart, the last one two weeks ago. */
function releasesBy(...publishers: readonly string[]): Record<string, Release> {
  const last = Date.parse('2026-11-10T10:00:00Z');
  const entries = publishers.map((by, at): [string, Release] => {
    const time = last - (publishers.length - 1 - at) * 30 * 86_400_000;
    return [`1.${at}.0`, { at: new Date(time).toISOString(), by }];
  });
  return Object.fromEntries(entries);
}

/** Returns the findings for the last of the versions, declared exactly. */
async function saidOf(releases: Record<string, Release>, document: object = documentOf(releases)) {
  const version = Object.keys(releases).at(-1)!;
  const workspace = await openWorkspace(manifestOf(`    "left": "${version}"`), {
    registry: { left: document },
  });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('publisher-changed', () => {
  test('another account than before: event-stream', async () => {
    const releases = releasesBy('dominictarr', 'dominictarr', 'dominictarr', 'dominictarr', 'right9ctrl');
    const registry = { 'event-flow': documentOf(releases) };
    await expectMarks(
      `${manifestOf(`    "event-flow": "^1.3.0"
                  ^^^^^^^^ publisher-changed: event-flow 1.4.0 was published by "right9ctrl", but the 4 versions before it by "dominictarr". Find out who took it over before you install it.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "event-flow": "^1.3.0" } },
    "node_modules/event-flow": {
      "version": "1.4.0"
    }
  }
}
`,
      { registry },
    );
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "event-flow": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  event-flow: 1.4.0
              ^^^^^ publisher-changed
`,
      { registry },
    );
  });

  test('an account after a CI service: axios', async () => {
    const releases = releasesBy('jason', 'jason', 'jason', 'trusted', 'trusted', 'trusted', 'jason');
    assert.deepEqual(await saidOf(releases), [
      'warning: left 1.6.0 was published by the account "jason", but the 3 versions before it by a CI service. Find out why before you install it.',
    ]);
  });

  test('a line that was always published by hand beside one that is not', async () => {
    const releases = {
      '0.1.0': { at: '2026-01-01', by: 'jason' },
      '1.0.0': { at: '2026-02-01', by: 'trusted' },
      '0.1.1': { at: '2026-03-01', by: 'jason' },
      '1.1.0': { at: '2026-04-01', by: 'trusted' },
      '1.2.0': { at: '2026-05-01', by: 'trusted' },
      '0.1.2': { at: '2026-11-01', by: 'jason' },
    };
    assert.deepEqual(await saidOf(releases), []);
  });

  test('a mixed history, and one trial of a CI service, say nothing', async () => {
    assert.deepEqual(await saidOf(releasesBy('trusted', 'jason', 'trusted', 'trusted', 'jason')), []);
    assert.deepEqual(await saidOf(releasesBy('jason', 'jason', 'jason', 'trusted', 'jason')), []);
  });

  test('another CI service than before', async () => {
    const releases = releasesBy('trusted github', 'trusted github', 'trusted github', 'trusted circleci');
    assert.deepEqual(await saidOf(releases), [
      'warning: left 1.3.0 was published from "circleci", but the version before it from "github". Find out why before you install it.',
    ]);
  });

  test('the same account at another domain is information', async () => {
    const old = 'alice alice@old.example.test';
    assert.deepEqual(await saidOf(releasesBy(old, old, old, 'alice alice@new.example.test')), [
      'information: The publisher of left 1.3.0 has an email address at "new.example.test", and had one at "old.example.test". Make sure that it is the same person.',
    ]);
  });

  test('all maintainers replaced', async () => {
    const releases = releasesBy('alice', 'alice', 'alice', 'mallory');
    const withMaintainers = Object.entries(releases).map(([version, release]): [string, Release] => [
      version,
      { ...release, maintainers: [{ name: String(release.by) }] },
    ]);
    const [said] = await saidOf(Object.fromEntries(withMaintainers));
    assert.match(said ?? '', /^warning: left 1\.3\.0 was published by "mallory"/);
  });

  const honest: readonly (readonly [string, Record<string, Release>])[] = [
    ['a move to trusted publishing', releasesBy('alice', 'alice', 'alice', 'trusted')],
    ['maintainers who take turns', releasesBy('alice', 'bob', 'alice', 'alice', 'alice', 'bob')],
    ['fewer than three earlier versions', releasesBy('alice', 'alice', 'mallory')],
    [
      'a renamed account',
      releasesBy(
        'alice alice@open.example.test',
        'alice alice@open.example.test',
        'alice alice@open.example.test',
        'Al-ice alice@open.example.test',
      ),
    ],
    [
      "a team's release bot",
      releasesBy(
        'alice a@acme.example.test',
        'alice a@acme.example.test',
        'alice a@acme.example.test',
        'acme-release bot@acme.example.test',
      ),
    ],
    [
      'who has published for three months',
      releasesBy('alice', 'alice', 'alice', ...Array<string>(5).fill('bob')),
    ],
    [
      'a maintainer of long standing who publishes for the first time',
      Object.fromEntries(
        Object.entries(releasesBy('alice', 'alice', 'alice', 'alice', 'bob')).map(([version, release]) => [
          version,
          { ...release, maintainers: [{ name: 'alice' }, ...(version === '1.0.0' ? [] : [{ name: 'bob' }])] },
        ]),
      ),
    ],
    [
      'a co-maintainer who is added while the same account publishes',
      Object.fromEntries(
        Object.entries(releasesBy('alice', 'alice', 'alice', 'alice')).map(([version, release]) => [
          version,
          { ...release, maintainers: [{ name: 'alice' }, ...(version === '1.3.0' ? [{ name: 'bob' }] : [])] },
        ]),
      ),
    ],
    [
      'a change of long ago',
      {
        '1.0.0': { at: '2019-01-01', by: 'alice' },
        '1.0.1': { at: '2019-02-01', by: 'alice' },
        '1.0.2': { at: '2019-03-01', by: 'alice' },
        '1.0.3': { at: '2020-01-01', by: 'bob' },
      },
    ],
  ];
  for (const [what, releases] of honest) {
    test(`${what} says nothing`, async () => {
      assert.deepEqual(await saidOf(releases), []);
    });
  }

  test('somebody who was added as a maintainer only just before is still a stranger', async () => {
    const releases = Object.fromEntries(
      Object.entries(releasesBy('alice', 'alice', 'alice', 'alice', 'mallory')).map(([version, release]) => [
        version,
        {
          ...release,
          maintainers: [{ name: 'alice' }, ...(version === '1.4.0' ? [{ name: 'mallory' }] : [])],
        },
      ]),
    );
    assert.equal((await saidOf(releases)).length, 1);
  });

  test('what a mirror leaves out is not known', async () => {
    const releases = releasesBy('alice', 'alice', 'alice', 'mallory');
    const document = documentOf(releases);
    for (const missing of [
      ['_npmUser'],
      ['time'],
      ['versions'],
      ['_npmUser', 'time', 'maintainers', 'dist'],
    ]) {
      assert.deepEqual(await saidOf(releases, strippedOf(document, missing)), [], missing.join());
    }
    const oneDay = Object.fromEntries(
      Object.keys(releases).map((version) => [version, '2026-11-20T10:00:00Z']),
    );
    assert.deepEqual(await saidOf(releases, { ...document, time: oneDay }), []);
    const workspace = await openWorkspace(manifestOf('    "left": "1.3.0"'), {
      registry: { left: strippedOf(document, ['_npmUser']) },
    });
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    assert.deepEqual(
      notChecked.filter(({ rule }) => rule === RULE),
      [{ rule: RULE, reason: 'not-provided', count: 1, packages: ['left'] }],
    );
  });

  test('names are shown without what would change the sentence', async () => {
    const [said] = await saidOf(releasesBy('alice', 'alice', 'alice', 'evil"\n\u202e'));
    assert.match(said ?? '', /published by "evil\\"\ufffd\ufffd", but/);
  });

  test('pins the last version of those who published before, if it is old enough', async () => {
    const registry = { left: documentOf(releasesBy('alice', 'alice', 'alice', 'mallory')) };
    const after = await fixOf(
      manifestOf('    "left":   "~1.3.0", // kept too') + lockOf('left', '~1.3.0', '1.3.0'),
      RULE,
      /^Replace with "left": "1\.2\.0"$/,
      { registry },
    );
    assert.ok(after.startsWith(manifestOf('    "left":   "1.2.0", // kept too')));
  });

  test('offers nothing where none of those is old enough', async () => {
    const registry = { left: documentOf(releasesBy('alice', 'alice', 'alice', 'mallory')) };
    const workspace = await openWorkspace(
      `${manifestOf('    "left": "1.3.0"')}-- .npmrc --\nbefore=2020-01-01\n`,
      { registry },
    );
    const [finding] = workspace.findings(RULE);
    const titles = workspace.snapshot.fixesOf(finding!).map(({ title }) => title.slice(0, 6));
    assert.deepEqual(titles, ['Ignore']);
  });

  test('asks nothing and says so offline', async () => {
    const workspace = await openWorkspace(manifestOf('    "left": "1.3.0"'), { settings: { trusted: true } });
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    assert.deepEqual(
      notChecked.filter(({ rule }) => rule === RULE),
      [{ rule: RULE, reason: 'offline', count: 1, packages: ['left'] }],
    );
  });
});
