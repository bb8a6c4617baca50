import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpPort, HttpResult } from '../../server/src/engine/ports.ts';
import { readClientSettings } from '../../server/src/lsp/client-settings.ts';
import { TEST_REGISTRY } from '../workspace.ts';
import { PUSHED } from './capabilities.ts';
import { type FakeTime, fakeTime } from './fake-time.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "left-pad": "1.0.0", "right-pad": "1.0.0" } }\n',
};

/** Returns a registry that has both packages, and facts that a test adds. */
function registry() {
  const deprecated: Record<string, string | undefined> = {};
  const majors = new Set<string>();
  const state = { deprecated, majors, isDown: false, isUnreachable: false, asked: 0 };
  const documentOf = (name: string) => ({
    name,
    'dist-tags': { latest: majors.has(name) ? '2.0.0' : '1.0.0' },
    versions: {
      '1.0.0': { version: '1.0.0', deprecated: deprecated[name] },
      ...(majors.has(name) ? { '2.0.0': { version: '2.0.0' } } : {}),
    },
    time: { '1.0.0': '2026-01-01T00:00:00Z', '2.0.0': '2026-02-01T00:00:00Z' },
  });
  const answer = (status: number, value: object): HttpResult => ({
    ...{ type: 'answer', status, headers: new Map(), body: JSON.stringify(value) },
  });
  const http: HttpPort = {
    async get({ url }) {
      const name = url.slice(TEST_REGISTRY.length);
      state.asked++;
      if (state.isUnreachable) return { type: 'failed', detail: 'is not there', unreachable: true };
      if (state.isDown) return answer(500, {});
      return /^(?:left|right)-pad$/.test(name) ? answer(200, documentOf(name)) : answer(404, {});
    },
    post: async () => answer(state.isDown ? 500 : 200, {}),
  };
  return { state, http };
}

interface Options {
  readonly settings?: object;
  readonly trusted?: boolean;
  readonly log?: boolean;
}

async function open({ settings = { watch: true }, trusted = true, log = false }: Options = {}) {
  const { state, http } = registry();
  const time = fakeTime('2026-11-24T09:00:00Z');
  const client = await startClient({
    files: FILES,
    http,
    timers: time.timers,
    ports: { clock: time.clock },
    initializationOptions: { trusted, log },
    settings,
    capabilities: PUSHED,
  });
  await client.open(MANIFEST);
  // With the registries' answers in them, if these are queried.
  await client.until(() => client.published.length > 0);
  await client.connection.sendRequest('workspace/executeCommand', { command: 'nothing' });
  return { client, state, time };
}

const entries = ({ logged }: TestClient) => logged.filter((line) => / shop: /.test(line));

/** Waits until the server waits for nothing and publishes nothing more. */
async function quiet(client: TestClient, time: FakeTime): Promise<void> {
  for (let before = -1; before !== client.published.length || time.waits > 0; ) {
    before = client.published.length;
    await handled(client);
  }
}

/** Waits until the server has handled all messages and callbacks. */
async function handled(client: TestClient): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await client.connection.sendRequest('workspace/executeCommand', { command: 'nothing' });
  }
}

describe('the watch', () => {
  test('tells all news of a round in one notification, and each in the log with its time', async () => {
    const { client, state, time } = await open();
    time.pass(4 * MINUTE - 1);
    await handled(client);
    assert.deepEqual(entries(client), []);
    time.pass(1);
    await client.until(() => entries(client).length === 1);
    assert.deepEqual(entries(client), [
      '2026-11-24T09:04:00.000Z shop: news about 2 dependencies will be reported here.',
    ]);
    state.deprecated['left-pad'] = 'pads too far';
    state.majors.add('right-pad');
    await handled(client);
    time.pass(3 * HOUR);
    await client.until(() => client.messages.length === 1);
    assert.deepEqual(client.messages, [
      '2 dependencies of shop have news: left-pad and right-pad. Show the log for all.',
    ]);
    assert.deepEqual(entries(client).slice(1), [
      '2026-11-24T12:04:00.000Z shop: left-pad 1.0.0 is deprecated now ("pads too far"). Replace it.',
      '2026-11-24T12:04:00.000Z shop: right-pad 1.0.0 has a new major version, 2.0.0. Read what changed before you update.',
    ]);
    await handled(client);
    time.pass(3 * HOUR);
    await handled(client);
    assert.equal(client.messages.length, 1);
    await client.close();
    assert.equal(time.pending, 0);
  });

  test('offers to show the log only where the client can', async () => {
    const { client, state, time } = await open({ log: true });
    const asked: unknown[] = [];
    let shown = 0;
    client.connection.onRequest('window/showMessageRequest', (params) => {
      asked.push(params);
      return { title: 'Show Log' };
    });
    const isShown = new Promise<void>((resolve) => {
      client.connection.onNotification('dependencyHygiene/showLog', () => {
        shown++;
        resolve();
      });
    });
    time.pass(4 * MINUTE);
    await client.until(() => entries(client).length === 1);
    state.deprecated['left-pad'] = 'pads too far';
    await handled(client);
    time.pass(3 * HOUR);
    await isShown;
    assert.deepEqual(asked, [
      {
        type: 3,
        message: 'left-pad 1.0.0 is deprecated now ("pads too far"). Replace it.',
        actions: [{ title: 'Show Log' }],
      },
    ]);
    assert.deepEqual([shown, client.messages], [1, []]);
    await client.close();
  });

  test('asks nothing where it is off, offline, or the folder is not trusted', async () => {
    const ofDiagnostics = 2;
    const cases: readonly [Options, number][] = [
      [{ settings: {} }, ofDiagnostics],
      [{ settings: { watch: 'yes' } }, ofDiagnostics],
      [{ settings: { watch: true, online: false } }, 0],
      [{ trusted: false }, 0],
    ];
    for (const [options, asked] of cases) {
      const { client, state, time } = await open(options);
      // A day later an answer that is still pending would be stale, and be requested again.
      await client.until(() => state.asked === asked);
      await quiet(client, time);
      assert.equal(time.pending, 0);
      time.pass(24 * HOUR);
      await handled(client);
      assert.deepEqual([state.asked, entries(client)], [asked, []]);
      await client.close();
    }
  });

  test('begins and ends with the setting', async () => {
    const { client, time } = await open({ settings: {} });
    const set = async (settings: object) => {
      client.settings = settings;
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await handled(client);
    };
    await set({ watch: true });
    assert.equal(time.pending, 1);
    await set({ watch: true, online: false });
    assert.equal(time.pending, 0);
    await set({ watch: true });
    time.pass(4 * MINUTE);
    await client.until(() => entries(client).length === 1);
    await client.close();
  });

  test('waits while somebody types, and while nobody is there', async () => {
    const { client, state, time } = await open();
    await handled(client);
    time.pass(4 * MINUTE - 5000);
    await client.edit(MANIFEST, 0, 0, ' ');
    await handled(client);
    time.pass(5000);
    await handled(client);
    assert.deepEqual(entries(client), []);
    time.pass(5000);
    await client.until(() => entries(client).length === 1);

    state.deprecated['left-pad'] = 'pads too far';
    await client.connection.sendNotification('dependencyHygiene/use', { inUse: false });
    await handled(client);
    time.pass(24 * HOUR);
    await handled(client);
    assert.deepEqual([time.pending, client.messages], [0, []]);
    await client.connection.sendNotification('dependencyHygiene/use', { inUse: true });
    await client.until(() => client.messages.length === 1);
    await client.close();
  });

  test('says in the log where nothing could be checked, and tries again after a pause', async () => {
    const { client, state, time } = await open();
    await handled(client);
    time.pass(25 * HOUR);
    await client.until(() => entries(client).length === 1);
    state.isDown = true;
    await handled(client);
    time.pass(25 * HOUR);
    await client.until(() => client.logged.some((line) => /nothing could be checked/.test(line)));
    assert.deepEqual(
      client.logged.filter((line) => /nothing could/.test(line)),
      [
        'Watching dependencies: nothing could be checked (the registry answered with status 500). Retrying later.',
      ],
    );
    assert.deepEqual(client.messages, []);
    state.isDown = false;
    state.isUnreachable = true;
    await handled(client);
    time.pass(25 * HOUR);
    await client.until(() => client.logged.some((line) => /\(the registry cannot be/.test(line)));
    state.isUnreachable = false;
    state.deprecated['left-pad'] = 'pads too far';
    await handled(client);
    time.pass(40 * MINUTE);
    await client.until(() => client.messages.length === 1);
    await client.close();
  });
});

test('it is off unless the user turned it on', () => {
  assert.deepEqual(
    [undefined, {}, { watch: 1 }, { watch: true }].map((value) => readClientSettings(value).watch),
    [false, false, false, true],
  );
});
