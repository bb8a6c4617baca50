import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaredRanges } from '../../../../../server/src/core/judge/remedy/declared-range.ts';
import { offerContext, updateOffer } from '../../../../../server/src/core/judge/remedy/update-offer.ts';
import { updateLevel } from '../../../../../server/src/core/know/registry/releases/update-level.ts';
import { document, factOf, LEFT_PAD, NOW, openWithRegistry } from './registry-documents.ts';

async function offerFor(declared: string, packument: object, more = '') {
  const workspace = await openWithRegistry(
    `-- package.json --\n{ "dependencies": { "left-pad": ${JSON.stringify(declared)} } }\n${more}`,
    { 'left-pad': packument },
  );
  const { project, files } = workspace.snapshot.projects[0]!;
  const [range] = declaredRanges(project, files.get(workspace.uri('package.json'))!);
  const fact = await factOf(workspace, 'left-pad');
  assert.equal(fact.state, 'ready');
  const offer = updateOffer(range!, fact.value, offerContext(project, NOW));
  if (offer === undefined) return undefined;
  const { vulnerable, ...rest } = offer;
  assert.equal(vulnerable.size, 0);
  return { ...rest, byLevel: Object.fromEntries(offer.byLevel) };
}

const lock = (version: string) => `-- package-lock.json --
{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/left-pad": { "version": "${version}" } } }
`;

describe('what an update may lead to', () => {
  test('the newest in the range, the newest of all, and one version for each level', async () => {
    assert.deepEqual(await offerFor('^1.0.0', LEFT_PAD), {
      current: '1.0.0',
      inRange: '1.2.0',
      latest: '2.0.0',
      passedOver: { version: '2.1.0', why: 'other' },
      held: { version: '2.1.0', until: Date.parse('2026-11-27T12:00:00Z'), because: 'waits' },
      byLevel: { patch: '1.0.1', minor: '1.2.0', major: '2.0.0' },
    });
  });

  test('what is locked counts, not where the range begins', async () => {
    const offer = await offerFor('^1.0.0', LEFT_PAD, lock('1.2.0'));
    assert.deepEqual([offer?.current, offer?.inRange, offer?.latest], ['1.2.0', undefined, '2.0.0']);
    assert.deepEqual(offer?.byLevel, { major: '2.0.0' });
  });

  test("the package manager's own cooldown decides, and its exceptions", async () => {
    const short = await offerFor('^1.0.0', LEFT_PAD, '-- .npmrc --\nmin-release-age=0\n');
    assert.deepEqual([short?.latest, short?.held], ['2.1.0', undefined]);
    const long = await offerFor('^1.0.0', LEFT_PAD, '-- .npmrc --\nmin-release-age=290\n');
    assert.deepEqual([long?.inRange, long?.latest, long?.held?.version], ['1.0.1', '1.0.1', '2.1.0']);
    const exempt = '-- .npmrc --\nmin-release-age=9\nmin-release-age-exclude[]=left-*\n';
    assert.equal((await offerFor('^1.0.0', LEFT_PAD, exempt))?.latest, '2.1.0');
  });

  test('nothing deprecated, no prerelease, nothing above the tag latest', async () => {
    const days = {
      '1.0.0': '2026-01-01',
      '1.1.0': '2026-02-01',
      '1.2.0': '2026-03-01',
      '2.0.0-rc.1': '2026-04-01',
      '3.0.0': '2026-05-01',
    };
    const packument = document(days, { tags: { latest: '1.2.0' }, deprecated: { '1.2.0': 'broken' } });
    const offer = await offerFor('^1.0.0', packument);
    assert.deepEqual([offer?.inRange, offer?.latest], ['1.1.0', '1.1.0']);
    assert.deepEqual(offer?.byLevel, { minor: '1.1.0' });
  });

  test("only versions that run on the root's oldest Node", async () => {
    const versions = Object.fromEntries(
      ['1.0.0', '1.1.0', '2.0.0'].map((version) => [
        version,
        { version, engines: { node: version === '2.0.0' ? '>=24' : '>=20' } },
      ]),
    );
    const packument = {
      ...document({ '1.0.0': '2026-01-01', '1.1.0': '2026-02-01', '2.0.0': '2026-03-01' }),
      versions,
    };
    const workspace = await openWithRegistry(
      '-- package.json --\n{ "engines": { "node": ">=22" }, "dependencies": { "left-pad": "^1.0.0" } }\n',
      { 'left-pad': packument },
    );
    const { project, files } = workspace.snapshot.projects[0]!;
    const [range] = declaredRanges(project, files.get(workspace.uri('package.json'))!);
    const fact = await factOf(workspace, 'left-pad');
    assert.equal(fact.state, 'ready');
    assert.equal(updateOffer(range!, fact.value, offerContext(project, NOW))?.latest, '1.1.0');
  });

  test('no older version than the one in use', async () => {
    const offer = await offerFor('^1.0.0', LEFT_PAD, lock('2.1.0'));
    assert.deepEqual(
      [offer?.inRange, offer?.latest, offer?.held, offer?.byLevel],
      [undefined, undefined, undefined, {}],
    );
  });

  test('times that the registry does not say are no age', async () => {
    const { time: _, ...rest } = LEFT_PAD as { readonly time: object };
    const offer = await offerFor('^1.0.0', rest);
    assert.deepEqual([offer?.inRange, offer?.latest], [undefined, undefined]);
    assert.deepEqual(offer?.held, { version: '2.1.0', until: undefined, because: 'unknown' });
  });

  test('of a tag, an alias, and a range that says nothing', async () => {
    assert.equal(await offerFor('*', LEFT_PAD), undefined);
    assert.equal(await offerFor('latest', LEFT_PAD), undefined);
    assert.equal((await offerFor('latest', LEFT_PAD, lock('1.0.0')))?.inRange, '2.0.0');
    assert.equal((await offerFor('npm:left-pad@^1.0.0', LEFT_PAD))?.inRange, '1.2.0');
  });

  test('a hostile document gives no version', async () => {
    const packument = {
      'dist-tags': { latest: '__proto__' },
      versions: {
        __proto__x: {},
        constructor: {},
        '9999999999999999999.0.0': {},
        '1.0.0': { version: '1.0.0' },
      },
      time: { constructor: '2026-01-01T00:00:00Z' },
    };
    const offer = await offerFor('^1.0.0', packument);
    assert.deepEqual([offer?.inRange, offer?.latest, offer?.byLevel], [undefined, undefined, {}]);
  });
});

test('the level is what ^ and ~ take in', () => {
  const levels: readonly (readonly [string, string, string])[] = [
    ['1.2.3', '1.2.4', 'patch'],
    ['1.2.3', '1.3.0', 'minor'],
    ['1.2.3', '2.0.0', 'major'],
    ['0.2.3', '0.2.4', 'patch'],
    ['0.2.3', '0.3.0', 'major'],
    ['0.0.3', '0.0.4', 'major'],
    ['1.0.0-rc.1', '1.0.0', 'patch'],
  ];
  for (const [from, to, level] of levels) assert.equal(updateLevel(from, to), level, `${from} ${to}`);
});
