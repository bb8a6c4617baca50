import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookAlikeCandidates } from '../../../../server/src/core/know/identity/look-alike-candidates.ts';
import { joinUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { eventSentence } from '../../../../server/src/core/show/watch/describe-event.ts';
import type { CachePort } from '../../../../server/src/engine/ports.ts';
import { createAbortSource } from '../../../../server/src/engine/registry/abort-source.ts';
import { createWatchRecords, type WatchRecords } from '../../../../server/src/engine/watch/watch-records.ts';
import { watchRound } from '../../../../server/src/engine/watch/watch-round.ts';
import { ROOT, TEST_REGISTRY } from '../../../workspace.ts';
import { document } from '../../show/features/updates/registry-documents.ts';
import {
  entry,
  HOUR,
  type Live,
  type LiveOptions,
  NOON,
  openLive,
  PUBLIC_BULK,
  project,
  type Reply,
} from '../advisories/live-harness.ts';

const DAYS = { '1.0.0': '2026-01-01', '1.1.0': '2026-02-01' };
const GHSA = 'GHSA-2222-3333-4444';

/** Creates a registry whose responses a test changes. */
function registry() {
  const documents: Record<string, Reply> = {};
  const known: Record<string, readonly object[] | undefined> = {};
  const state = { documents, known, isDown: false };
  const name = (url: string) => decodeURIComponent(url.slice(TEST_REGISTRY.length));
  const named = (of: string): Reply => {
    const found = documents[of];
    return typeof found === 'object' ? { name: of, ...found } : (found ?? 404);
  };
  const options: LiveOptions = {
    get: ({ url }) => (state.isDown ? 500 : named(name(url))),
    reply: () => (state.isDown ? 500 : { ...known }),
  };
  return { state, options };
}

function watch(live: Live, records: WatchRecords) {
  const { signal } = createAbortSource();
  let now = NOON;
  return {
    /** Returns the reports of a round some hours later. */
    async after(hours: number): Promise<readonly string[]> {
      now += hours * HOUR;
      live.pass(hours * HOUR);
      const { session } = live;
      const round = await watchRound({ session, clock: { now: () => now }, records, signal });
      await round!.keep();
      return round!.projects.flatMap(({ events }) => events.map(eventSentence));
    },
  };
}

const cacheOf = (live: Live): CachePort => ({
  read: async (key) => live.cache.get(key),
  write: async (key, record) => void live.cache.set(key, record),
  confirm: async () => {},
});

describe('a round', () => {
  test('tells nothing at first, then what is new, and each only once', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const live = await openLive(project({ 'left-pad': '1.0.0' }), options);
    const { after } = watch(live, createWatchRecords(cacheOf(live), 'editor'));
    assert.deepEqual(await after(0), []);
    assert.deepEqual(await after(7), []);
    state.documents['left-pad'] = document({ ...DAYS, '2.0.0': '2026-11-01' });
    state.known['left-pad'] = [entry(GHSA, '<1.1.0')];
    assert.deepEqual(await after(25), [
      `left-pad 1.0.0 has a new high advisory: Something bad (${GHSA}) (${GHSA}), fixed in 1.1.0. Update it.`,
      'left-pad 1.0.0 has a new major version, 2.0.0. Read what changed before you update.',
    ]);
    assert.deepEqual(await after(25), []);
  });

  test('asks for direct dependencies alone, and for nothing that is fresh', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const files = project({ 'left-pad': '1.0.0' });
    files['package-lock.json'] = files['package-lock.json']!.replace(
      '"node_modules/left-pad"',
      '"node_modules/brought":{"version":"1.0.0"},"node_modules/left-pad"',
    );
    const live = await openLive(files, options);
    const { after } = watch(live, createWatchRecords(undefined, 'editor'));
    await after(0);
    await after(0.01);
    assert.deepEqual(
      live.gets.map(({ url }) => url),
      [`${TEST_REGISTRY}left-pad`],
    );
    assert.deepEqual(live.asked(), [[PUBLIC_BULK, { brought: ['1.0.0'], 'left-pad': ['1.0.0'] }]]);
  });

  test('that hears nothing tells nothing, and loses nothing', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const live = await openLive(project({ 'left-pad': '1.0.0' }), options);
    const { after } = watch(live, createWatchRecords(cacheOf(live), 'editor'));
    await after(0);
    state.isDown = true;
    assert.deepEqual(await after(25), []);
    state.isDown = false;
    state.documents['left-pad'] = document(DAYS, { deprecated: { '1.0.0': 'old' } });
    state.known['left-pad'] = [entry(GHSA, '<1.1.0')];
    assert.equal((await after(25)).length, 2);
  });

  test('sends nothing offline, in a folder that is not trusted, and of private names', async () => {
    for (const settings of [{ online: false }, { trusted: false }]) {
      const live = await openLive(project({ 'left-pad': '1.0.0' }), { settings });
      await watch(live, createWatchRecords(undefined, 'editor')).after(0);
      assert.deepEqual([live.gets, live.posts], [[], []]);
    }
    const files = project({ '@acme/ui': '1.0.0' });
    const live = await openLive({ ...files, 'dependency-hygiene.json': '{ "privateScopes": ["@acme"] }' });
    await watch(live, createWatchRecords(undefined, 'editor')).after(0);
    assert.deepEqual([live.gets, live.posts], [[], []]);
  });

  test('looks up no name that discloses a private one', async () => {
    const ownNames = ['@acme/billing', '@corp/ledger', 'secret-ledger', 'shop-internals', 'acme-widget'];
    const policy = { privateScopes: ['@acme'], internalNames: ['secret-ledger'], watch: { ownNames } };
    const live = await openLive({
      'package.json': '{ "name": "acme-widget", "workspaces": ["internals"] }',
      'internals/package.json': '{ "name": "shop-internals", "private": true }',
      '.npmrc': '@corp:registry=https://npm.corp.example.test/\n',
      'dependency-hygiene.json': JSON.stringify(policy),
    });
    const { session } = live;
    const records = createWatchRecords(undefined, 'command');
    const { signal } = createAbortSource();
    await watchRound({ session, clock: { now: () => NOON }, records, signal, looksForNames: true });
    const asked = live.gets.map(({ url }) => decodeURIComponent(url));
    const allowed = lookAlikeCandidates(['acme-widget'], 40).map(({ name }) => `${TEST_REGISTRY}${name}`);
    assert.deepEqual(asked, allowed);
  });

  test('asks a few at a time, and listeners hear of all together', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `pad-${at}`);
    let [active, most] = [0, 0];
    const live = await openLive(project(Object.fromEntries(names.map((name) => [name, '1.0.0']))), {
      ports: {
        http: {
          async get({ url }) {
            most = Math.max(most, ++active);
            await new Promise((resolve) => setImmediate(resolve));
            active--;
            const body = JSON.stringify({ name: url.slice(TEST_REGISTRY.length), ...document(DAYS) });
            return { type: 'answer', status: 200, headers: new Map(), body };
          },
        },
      },
    });
    let reported = 0;
    live.session.onDidChange(() => reported++);
    await watch(live, createWatchRecords(undefined, 'editor')).after(0);
    assert.deepEqual([most, reported], [3, 1]);
    await watch(live, createWatchRecords(undefined, 'editor')).after(0);
    assert.equal(reported, 1);
  });

  test('forgets nothing while a manifest is half typed', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const files = project({ 'left-pad': '1.0.0' });
    const live = await openLive(files, options);
    const { after } = watch(live, createWatchRecords(undefined, 'editor'));
    await after(0);
    const manifest = joinUri(ROOT, 'package.json');
    live.session.setOverlay(manifest, '{ "name": "shop", "dependencies": { "left-pa');
    assert.deepEqual(await after(25), []);
    live.session.setOverlay(manifest, files['package.json']!);
    state.documents['left-pad'] = document(DAYS, { deprecated: { '1.0.0': 'old' } });
    assert.equal((await after(25)).length, 1);
  });

  test('looks at every project of the session, each by itself', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const [shop, api] = [project({ 'left-pad': '1.0.0' }), project({ 'left-pad': '1.1.0' })];
    const files = Object.entries(api).map(([path, text]) => [`api/${path}`, text] as const);
    const live = await openLive({ ...shop, ...Object.fromEntries(files) }, options);
    const { after } = watch(live, createWatchRecords(undefined, 'editor'));
    await after(0);
    state.known['left-pad'] = [entry(GHSA, '>=1.1.0 <1.2.0')];
    assert.deepEqual(
      (await after(25)).map((sentence) => sentence.slice(0, 14)),
      ['left-pad 1.1.0'],
    );
  });

  test('that is called off gives nothing and remembers nothing', async () => {
    const live = await openLive(project({ 'left-pad': '1.0.0' }));
    const source = createAbortSource();
    source.abort();
    const records = createWatchRecords(cacheOf(live), 'editor');
    const { session } = live;
    const round = await watchRound({ session, clock: { now: () => NOON }, records, signal: source.signal });
    assert.equal(round, undefined);
    assert.deepEqual([live.gets, [...live.cache.keys()]], [[], []]);
  });

  test('tells the editor and the command each what it has not told it', async () => {
    const { state, options } = registry();
    state.documents['left-pad'] = document(DAYS);
    const live = await openLive(project({ 'left-pad': '1.0.0' }), options);
    const editor = watch(live, createWatchRecords(cacheOf(live), 'editor'));
    const command = watch(live, createWatchRecords(cacheOf(live), 'command'));
    await editor.after(0);
    await command.after(0);
    state.documents['left-pad'] = document(DAYS, { deprecated: { '1.0.0': 'old' } });
    assert.equal((await editor.after(25)).length, 1);
    assert.equal((await command.after(0)).length, 1);
  });
});

describe('records', () => {
  const taken = (takenAt: number) => ({ takenAt, dependencies: [], lookAlikes: [], accounts: [] });

  test('are kept in memory too, and those of another program count where they are newer', async () => {
    const stored = new Map<string, { text: string; asOf: number }>();
    const cache: CachePort = {
      read: async (key) => stored.get(key),
      write: async (key, record) => void stored.set(key, record),
      confirm: async () => {},
    };
    const [one, other] = [createWatchRecords(cache, 'editor'), createWatchRecords(cache, 'editor')];
    assert.equal(await one.write(ROOT, taken(1)), true);
    assert.deepEqual(await other.read(ROOT), taken(1));
    await other.write(ROOT, taken(2));
    assert.deepEqual(await one.read(ROOT), taken(2));
    stored.clear();
    assert.deepEqual(await one.read(ROOT), taken(1));
  });

  test('say when they could not be written', async () => {
    const full: CachePort = { read: async () => undefined, write: async () => {}, confirm: async () => {} };
    const records = createWatchRecords(full, 'editor');
    assert.equal(await records.write(ROOT, taken(1)), false);
    assert.deepEqual(await records.read(ROOT), taken(1));
    const broken: CachePort = { ...full, read: () => Promise.reject(new Error('broken')) };
    assert.equal(await createWatchRecords(broken, 'editor').read(ROOT), undefined);
    const odd: CachePort = { ...full, read: async () => ({ text: '{"form":1}', asOf: 1 }) };
    assert.equal(await createWatchRecords(odd, 'editor').read(ROOT), undefined);
  });
});
