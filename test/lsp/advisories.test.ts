import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statusLabel } from '../../client/src/status-label.ts';
import { buildIndex } from '../../server/src/core/know/advisory/build-index.ts';
import { readOsv } from '../../server/src/core/know/advisory/osv/read-osv.ts';
import type {
  DatabasePort,
  DatabaseUpdate,
  DatabaseUpdated,
  HttpPort,
} from '../../server/src/engine/ports.ts';
import { readClientSettings } from '../../server/src/lsp/client-settings.ts';
import type { StatusParams, UpdateDatabaseResult } from '../../server/src/lsp/messages.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const ID = 'GHSA-2222-3333-4444';
const MANIFEST = `${FOLDER}/package.json`;
const packages = { minimist: '0.0.8' };
const files = {
  'package.json': `${JSON.stringify({ name: 'shop', private: true, dependencies: packages }, undefined, 2)}\n`,
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: packages },
      'node_modules/minimist': { version: '0.0.8', integrity: `sha512-${'A'.repeat(86)}==` },
    },
  }),
};

function index(): Uint8Array {
  const { reports } = readOsv({
    id: ID,
    affected: [
      {
        package: { ecosystem: 'npm', name: 'minimist' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] }],
      },
    ],
    database_specific: { severity: 'HIGH' },
  });
  return buildIndex({ reports, records: 1, withdrawn: [], asOf: Date.parse('2026-11-20') });
}

const NOTHING = { 'content-type': 'application/json' };

function registry(post: number | object): HttpPort {
  return {
    get: async () => ({ type: 'answer', status: 404, headers: new Map(), body: '{}' }),
    post: async () =>
      typeof post === 'number'
        ? { type: 'answer', status: post, headers: new Map(), body: '{}' }
        : {
            type: 'answer',
            status: 200,
            headers: new Map(Object.entries(NOTHING)),
            body: JSON.stringify(post),
          },
  };
}

const last = (client: TestClient) => client.statuses.at(-1) as StatusParams;
const states = (client: TestClient) =>
  last(client).advisories.map(({ source, state }) => `${source} ${state}`);
const findings = async (client: TestClient) => {
  const { items = [] } = await client.pull(MANIFEST);
  return items.filter(({ code }) => code === 'vulnerable-dependency');
};

async function open(options: Partial<Parameters<typeof startClient>[0]>): Promise<TestClient> {
  const initializationOptions = { status: true, trusted: true };
  const client = await startClient({ files, initializationOptions, ...options });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  return client;
}

describe('the status of advisories', () => {
  test('tells of each source what became of it, when, and how much it left open', async () => {
    const client = await open({ http: registry({}), ports: { advisories: index } });
    await client.until(() => last(client)?.working === false && states(client).includes('registry used'));
    assert.deepEqual(last(client).advisories, [
      { source: 'bundled', state: 'used', asOf: Date.parse('2026-11-20'), unanswered: 0 },
      { source: 'database', state: 'missing', detail: '"dephygiene db update" creates one', unanswered: 0 },
      { source: 'registry', state: 'used', asOf: Date.parse('2026-11-24T12:00:00Z'), unanswered: 0 },
      { source: 'osv', state: 'off', detail: 'switched off', unanswered: 0 },
    ]);
    const { tooltip } = statusLabel(last(client));
    assert.match(tooltip.at(-1)!, /^Advisories: bundled \(.*20.*\), the public npm registry \(.+\)\.$/);
    assert.doesNotMatch(last(client).gaps.join(), /advisories/);
    await client.close();
  });

  test('is not green where the registry does not answer', async () => {
    const client = await open({ http: registry(405), ports: { advisories: index } });
    await client.until(
      () => last(client)?.working === false && states(client).includes('registry unsupported'),
    );
    assert.ok(
      last(client).gaps.includes(
        'Not checked: advisories of the public npm registry for 1 package (the registry does not offer advisories).',
      ),
      last(client).gaps.join('\n'),
    );
    assert.doesNotMatch(statusLabel(last(client)).text, /✓/);
    await client.close();
  });

  for (const [sources, gap] of [
    [['database', 'registry', 'osv'], /^Not checked: bundled advisories \(switched off\)\.$/],
    [['bundled', 'registry', 'osv'], /^Not checked: local advisory database \(switched off\)\.$/],
    [['bundled', 'database', 'osv'], /^Not checked: registry advisories for 1 package \(switched off\)\.$/],
  ] as const) {
    test(`says what was not checked with only ${sources.join(', ')}`, async () => {
      const client = await open({
        http: registry({}),
        settings: { advisories: { sources } },
        ports: { advisories: index },
      });
      await client.until(
        () => last(client)?.working === false && states(client).some((each) => each.endsWith(' off')),
      );
      const gaps = last(client).gaps.filter((each) => gap.test(each));
      assert.equal(gaps.length, 1, last(client).gaps.join('\n'));
      await client.close();
    });
  }

  test('says of an untrusted folder once that no registry was asked', async () => {
    const client = await open({ initializationOptions: { status: true }, ports: { advisories: index } });
    await client.until(() => last(client)?.working === false && last(client).advisories.length > 0);
    assert.deepEqual(last(client).gaps, ['Registries not queried: this workspace is not trusted.']);
    assert.deepEqual(states(client), ['bundled used', 'database missing', 'registry off', 'osv off']);
    await client.close();
  });
});

test("OSV's service is one of those to whom names go, where the user wants it", async () => {
  const privacy = async (settings: object) => {
    const client = await open({ settings, http: registry({}) });
    const command = 'dependencyHygiene.server.privacy';
    const text = await client.connection.sendRequest<string>('workspace/executeCommand', { command });
    await client.close();
    return text.replace(/\s+/g, ' ');
  };
  assert.doesNotMatch(await privacy({}), /osv/);
  assert.match(
    await privacy({ advisories: { sources: ['osv'] } }),
    /Sent to api\.osv\.dev, which knows advisories: 1 name of the public registry, as above/,
  );
});

describe('the database of advisories', () => {
  /** Returns a database that is empty until it is updated. */
  function database(update: (options: DatabaseUpdate) => Promise<DatabaseUpdated>, checkedAt?: number) {
    const asked: (string | undefined)[] = [];
    let stamp: string | undefined;
    const port: DatabasePort = {
      stamp: () => stamp,
      read: () => (stamp === undefined ? undefined : index()),
      checkedAt: async () => checkedAt,
      async update(options) {
        asked.push(options.from);
        const done = await update(options);
        if (done.type === 'updated') stamp = String(asked.length);
        return done;
      },
    };
    return { port, asked };
  }
  const updated = async (): Promise<DatabaseUpdated> => ({
    type: 'updated',
    asOf: Date.parse('2026-11-22'),
    records: 1_200,
    packages: 900,
  });
  const settings = { advisories: { sources: ['database'], databaseFrom: ' /srv/all.zip ' } };
  const command = (client: TestClient) =>
    client.connection.sendRequest<UpdateDatabaseResult>('workspace/executeCommand', {
      command: 'dependencyHygiene.server.updateDatabase',
    });

  test('is updated by a command, and what it says is shown at once', async () => {
    const { port, asked } = database(updated);
    const client = await open({ settings, ports: { database: port } });
    assert.deepEqual(await findings(client), []);
    assert.deepEqual(await command(client), {
      type: 'updated',
      message:
        'The advisory database is up to date: 1,200 records on 900 packages, of 22 Nov 2026 (2 days old).',
    });
    assert.deepEqual(asked, ['/srv/all.zip']);
    assert.equal((await findings(client)).length, 1);
    await client.close();
  });

  test('says why it was not updated', async () => {
    const failed = { type: 'failed', message: 'dump.example.test answered with status 404.' } as const;
    const { port } = database(async () => failed);
    const client = await open({ settings, ports: { database: port } });
    const message = 'The advisory database was not updated: dump.example.test answered with status 404.';
    assert.deepEqual(await command(client), { type: 'failed', message });
    await client.close();
    const without = await open({ settings });
    assert.equal((await command(without)).type, 'failed');
    await without.close();
  });

  test('is kept fresh only where the user turned that on', async () => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    const day = 24 * 60 * 60 * 1000;
    for (const [more, checkedAt, times] of [
      [{}, undefined, 0],
      [{ updateDatabase: true }, undefined, 1],
      [{ updateDatabase: true }, now - day, 1],
      [{ updateDatabase: true }, now - day + 1, 0],
      [{ updateDatabase: 'yes' }, undefined, 0],
    ] as const) {
      const { port, asked } = database(updated, checkedAt);
      const client = await open({
        settings: { advisories: { sources: ['database'], ...more } },
        ports: { database: port },
      });
      await client.edit(MANIFEST, 0, 0, ' ');
      await client.pull(MANIFEST);
      assert.equal(asked.length, times);
      await client.close();
    }
  });
});

test('settings that make no sense are those of nobody', () => {
  const { sources, updateDatabase, databaseFrom } = readClientSettings({
    advisories: { sources: ['osv', 'osv', 'nowhere', 7], updateDatabase: 1, databaseFrom: '  ' },
  }).advisories;
  assert.deepEqual([[...sources], updateDatabase, databaseFrom], [['osv'], false, undefined]);
  for (const advisories of [undefined, null, 'all', []]) {
    assert.deepEqual(
      [...readClientSettings({ advisories }).advisories.sources],
      ['bundled', 'database', 'registry'],
    );
  }
});
