import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpResult } from '../../../../server/src/engine/ports.ts';
import { TEST_REGISTRY } from '../../../workspace.ts';
import { BULK, entry, HOUR, lockfile, openLive, PUBLIC_BULK, project, type Reply } from './live-harness.ts';

const GHSA = 'GHSA-2222-3333-4444';
const PACKAGES = { 'is-odd': '3.0.0', minimist: '0.0.8' };
const HIT = { minimist: [entry(GHSA, '<0.2.4')] };
const page = (status: number): HttpResult => ({
  type: 'answer',
  status,
  headers: new Map([['content-type', 'text/html; charset=utf-8']]),
  body: '<!doctype html><title>Sign in</title>',
});

describe('advisories of the registry that serves the packages', () => {
  test('are asked for by name and version, and counted as under way until they are there', async () => {
    const live = await openLive(project(PACKAGES), { reply: () => HIT });
    assert.equal(live.diagnose().provisional, true);
    assert.deepEqual(live.reported(), [
      'bundled used',
      'database missing: "dephygiene db update" creates one',
      'registry pending (2)',
      'osv off: switched off',
    ]);
    assert.deepEqual(live.ids('minimist', '0.0.8'), []);
    await live.session.settle();
    assert.deepEqual(live.asked(), [[PUBLIC_BULK, { 'is-odd': ['3.0.0'], minimist: ['0.0.8'] }]]);
    const [{ packed, staysOnHost }] = live.posts as [(typeof live.posts)[number]];
    assert.deepEqual([packed, staysOnHost], [true, true]);
    const diagnosis = live.diagnose();
    assert.equal(diagnosis.provisional, false);
    const found = live
      .diagnose('package.json')
      .findings.filter(({ rule }) => rule === 'vulnerable-dependency');
    assert.deepEqual(
      found.map(({ package: name, version }) => [name, version]),
      [['minimist', '0.0.8']],
    );
    assert.equal(live.reported()[2], 'registry used');
    const [advisory] = live.session.snapshot().projects[0]!.advisories.of('minimist');
    assert.deepEqual(
      [advisory!.id, advisory!.source, advisory!.severity, advisory!.fixedIn, advisory!.title],
      [GHSA, 'registry', 'high', ['0.2.4'], `Something bad (${GHSA})`],
    );
  });

  test('stay the same object while nothing changes, so that a key press runs nothing again', async () => {
    const files = project(PACKAGES);
    const live = await openLive(files, { reply: () => HIT });
    await live.session.settle();
    const before = live.session.snapshot().projects[0]!.advisories;
    live.diagnose();
    const { unitRuns } = live.session;
    const uri = live.session.snapshot().projects[0]!.project.rootManifest!.uri;
    live.session.setOverlay(uri, files['package.json']!.replace('{', '{"description":"a",'));
    assert.equal(live.session.snapshot().projects[0]!.advisories, before);
    live.diagnose();
    assert.equal(
      live.session.unitRuns,
      unitRuns + 1,
      'the manifest is, and the lockfile is not checked again',
    );
    live.pass(30 * 60 * 1000);
    live.session.refresh();
    live.diagnose();
    assert.equal(live.session.snapshot().projects[0]!.advisories, before);
    assert.equal(live.posts.length, 1);
  });

  test('run again what read them, once they arrive', async () => {
    let reply: (value: Reply) => void = () => undefined;
    const answer = new Promise<Reply>((resolve) => (reply = resolve));
    const live = await openLive(project(PACKAGES), { reply: () => answer });
    live.diagnose();
    const before = live.session.snapshot().projects[0]!.advisories;
    const reported = new Promise<void>((resolve) => live.session.onDidChange(resolve));
    reply(HIT);
    await reported;
    const after = live.session.snapshot().projects[0]!.advisories;
    assert.notEqual(after, before);
    assert.deepEqual(before.affecting('minimist', '0.0.8'), [], 'what was seen before does not change');
    assert.deepEqual(live.ids('minimist', '0.0.8'), [GHSA]);
  });

  test('count for an hour, also that there are none, and in the next run', async () => {
    const first = await openLive(project(PACKAGES), { reply: () => HIT });
    await first.session.settle();
    const again = await openLive(project(PACKAGES), { reply: () => ({}), cache: first.cache });
    again.pass(HOUR - 1);
    await again.session.settle();
    assert.deepEqual(again.posts, []);
    assert.deepEqual([again.reported()[2], again.ids('minimist', '0.0.8')], ['registry used', [GHSA]]);
    again.pass(2);
    again.session.refresh();
    assert.equal(again.diagnose().provisional, false, 'what is known counts while it is asked for again');
    await again.session.settle();
    assert.equal(again.posts.length, 1);
    assert.deepEqual(again.ids('minimist', '0.0.8'), [], 'the registry has taken it back');
    assert.equal(again.sources()[2]!.asOf, Date.parse('2026-11-24T13:00:00.001Z'));
  });

  test('as long as the registry says, within six hours', async () => {
    const headers = new Map([['cache-control', 'max-age=999999']]);
    const live = await openLive(project(PACKAGES), {
      reply: () => ({ type: 'answer', status: 200, headers, body: '{}' }),
    });
    await live.session.settle();
    live.pass(6 * HOUR - 1);
    live.session.refresh();
    await live.session.settle();
    assert.equal(live.posts.length, 1);
    live.pass(2);
    live.session.refresh();
    await live.session.settle();
    assert.equal(live.posts.length, 2);
  });

  test('of a version that is locked anew are asked for', async () => {
    const live = await openLive(project(PACKAGES), { reply: () => HIT });
    await live.session.settle();
    const uri = live.session.snapshot().projects[0]!.project.lockfile!.uri;
    live.session.setOverlay(uri, lockfile({ ...PACKAGES, minimist: '1.2.0' }));
    assert.equal(live.diagnose().provisional, true);
    await live.session.settle();
    assert.deepEqual(live.asked().at(-1), [PUBLIC_BULK, { minimist: ['1.2.0'] }]);
    live.session.setOverlay(uri, lockfile(PACKAGES));
    assert.equal(live.diagnose().provisional, false, 'what was told before is still known');
    await live.session.settle();
    assert.equal(live.posts.length, 2);
  });

  test('go out in requests of at most 500 names, the first of them alone', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_201 }, (_, at) => [`p${at}`, '1.0.0']));
    let open = 0;
    let most = 0;
    const live = await openLive(project(many), {
      async reply({ json }) {
        most = Math.max(most, ++open);
        assert.ok(live.posts.length > 1 || open === 1);
        await Promise.resolve();
        open--;
        return Object.fromEntries(Object.keys(JSON.parse(json) as object).map((name) => [name, []]));
      },
    });
    await live.session.settle();
    assert.deepEqual(
      live.asked().map(([, body]) => Object.keys(body as object).length),
      [500, 500, 201],
    );
    assert.equal(most, 2);
    assert.equal(live.reported()[2], 'registry used');
  });

  for (const [label, reply] of Object.entries({
    '404': 404,
    '405': 405,
    '410': 410,
    '501': 501,
    'a page with 404': page(404),
  })) {
    test(`that the registry does not have are not asked for again for a day: ${label}`, async () => {
      const live = await openLive(project(PACKAGES), { reply: () => reply });
      await live.session.settle();
      assert.equal(live.reported()[2], 'registry unsupported: the registry does not offer advisories (2)');
      assert.equal(live.diagnose().provisional, false);
      assert.equal(live.posts.length, 1, 'and not tried twice');
      const again = await openLive(project(PACKAGES), { reply: () => HIT, cache: live.cache });
      again.pass(24 * HOUR - 1);
      await again.session.settle();
      assert.deepEqual([again.posts.length, again.reported()[2]], [0, live.reported()[2]]);
      again.pass(2);
      again.session.refresh();
      await again.session.settle();
      assert.equal(again.reported()[2], 'registry used');
    });
  }

  for (const [label, reply, detail] of [
    ['an error', 500, 'the registry answered with status 500'],
    ['no JSON', { type: 'answer', status: 200, headers: new Map(), body: '{' }, UNREADABLE()],
    ['nothing', { type: 'answer', status: 200, headers: new Map(), body: '' }, UNREADABLE()],
    ['a page', page(200), 'the registry answered with a web page, such as a login or proxy page'],
    ['an error in JSON', { error: 'log in first' }, UNREADABLE()],
    ['another audit answer', { actions: [], advisories: {}, muted: [], metadata: {} }, UNREADABLE()],
    ['a list', [], UNREADABLE()],
    ['null', { type: 'answer', status: 200, headers: new Map(), body: 'null' }, UNREADABLE()],
    ['something odd about a package', { minimist: [{ id: 1, vulnerable_versions: 7 }] }, UNREADABLE()],
    ['silence', { type: 'timeout' }, 'the registry timed out after 10 s'],
    ['too much', { type: 'too-large' }, 'the registry sent too much data'],
    [
      'no network',
      { type: 'failed', detail: 'cannot be reached', unreachable: true },
      'the registry cannot be reached',
    ],
    ['no access', 401, 'the registry gives no access without a credential, and none is configured for it'],
  ] as const) {
    test(`are not there, which is never clean: ${label}`, async () => {
      const live = await openLive(project(PACKAGES), { reply: () => reply as Reply });
      await live.session.settle();
      const unanswered = label === 'something odd about a package' ? 1 : 2;
      assert.equal(live.reported()[2], `registry failed: ${detail} (${unanswered})`);
      assert.equal(live.diagnose().provisional, false);
    });
  }

  test('that could not be asked for again are used with their age', async () => {
    let reply: Reply = HIT;
    const live = await openLive(project(PACKAGES), { reply: () => reply });
    await live.session.settle();
    live.pass(2 * HOUR);
    reply = 500;
    live.session.refresh();
    await live.session.settle();
    assert.equal(live.reported()[2], 'registry used: the registry answered with status 500');
    assert.equal(live.sources()[2]!.asOf, Date.parse('2026-11-24T12:00:00Z'));
    assert.deepEqual(live.ids('minimist', '0.0.8'), [GHSA]);
  });

  test('are asked for again after a failure, a minute later', async () => {
    let reply: Reply = 500;
    const live = await openLive(project(PACKAGES), { reply: () => reply });
    await live.session.settle();
    reply = HIT;
    live.session.refresh();
    await live.session.settle();
    assert.equal(live.posts.length, 2, 'the first try and its repetition');
    live.pass(61_000);
    live.session.refresh();
    await live.session.settle();
    assert.equal(live.reported()[2], 'registry used');
  });

  for (const [settings, reported] of [
    [{ trusted: false }, 'registry off: this folder is not trusted (2)'],
    [{ online: false }, 'registry off: offline (2)'],
    [{ advisorySources: new Set(['bundled', 'database'] as const) }, 'registry off: switched off (2)'],
  ] as const) {
    test(`are not asked for: ${reported}`, async () => {
      const live = await openLive(project(PACKAGES), { settings, reply: () => HIT });
      await live.session.settle();
      assert.deepEqual([live.posts, live.gets.filter(({ url }) => url.includes('security'))], [[], []]);
      assert.equal(live.reported()[2], reported);
      assert.equal(live.diagnose().provisional, false);
    });
  }

  test('are not needed where there are no packages', async () => {
    const live = await openLive(project({}), { reply: () => HIT });
    await live.session.settle();
    assert.deepEqual(live.posts, []);
    assert.deepEqual(
      live.sources().map(({ source }) => source),
      ['bundled', 'database', 'osv'],
    );
  });

  test('without a lockfile are those of the versions that are named exactly', async () => {
    const dependencies = { minimist: '0.0.8', lodash: '^4.17.0', renamed: 'npm:qs@6.2.0', git: 'a/b' };
    const manifest = JSON.stringify({ name: 'shop', private: true, dependencies });
    const live = await openLive({ 'package.json': manifest }, { reply: () => HIT });
    live.diagnose('package.json');
    await live.session.settle();
    assert.deepEqual(live.asked(), [[PUBLIC_BULK, { minimist: ['0.0.8'], qs: ['6.2.0'] }]]);
    const before = live.session.snapshot().projects[0]!.advisories;
    const { uri } = live.session.snapshot().projects[0]!.project.rootManifest!;
    live.session.setOverlay(uri, manifest.replace('^4.17.0', '^4.17.1'));
    assert.equal(live.session.snapshot().projects[0]!.advisories, before);
  });

  test('are never asked of a registry whose address a damaged file hides', async () => {
    const live = await openLive({
      ...project(PACKAGES),
      '.npmrc': `registry=https://npm.acme.example.test/\${UNSET_VARIABLE}/\n`,
    });
    await live.session.settle();
    assert.deepEqual(live.posts, []);
    assert.match(live.reported()[2]!, /^registry failed: the registry's URL is incomplete \(2\)$/);
  });

  test(`is ${BULK} below the registry's address`, () => {
    assert.equal(PUBLIC_BULK, `${TEST_REGISTRY}${BULK}`);
  });
});

function UNREADABLE(): string {
  return 'the registry sent an unreadable response';
}
