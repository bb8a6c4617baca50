import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import type { Fault } from './support/faults.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';

/**
 * Faults by the scope whose registry has it: each in a registry of its own, since a failing one is left alone
 * for a while.
 */
const FAULTS: Readonly<Record<string, Fault>> = {
  reset: { type: 'reset' },
  half: { type: 'half' },
  html: { type: 'html' },
  json: { type: 'wrong-json' },
  list: { type: 'json', value: [] },
  null: { type: 'json', value: null },
  name: { type: 'wrong-name', name: '@other/it' },
  busy: { type: 'status', status: 429, retryAfter: '60' },
  broken: { type: 'status', status: 500 },
  away: { type: 'status', status: 503, retryAfter: 'Thu, 01 Jan 1970 00:00:00 GMT' },
  round: { type: 'redirect-loop' },
  silent: { type: 'silent' },
};

describe('a registry that fails', () => {
  const registries = new Map<string, RecordedRegistry>();
  let outside: Outside;
  let home: Home;
  let server: BuiltServer;

  before(async () => {
    outside = await startOutside();
    for (const [scope, fault] of Object.entries(FAULTS)) {
      const registry = await startRecordedRegistry({ packages: [pack(`@${scope}/it`)] });
      registry.fail(`@${scope}/it`, fault);
      registries.set(scope, registry);
    }
    registries.set('late', await startRecordedRegistry({ packages: [pack('@late/it')] }));
    registries.get('late')!.fail('*', { type: 'slow', ms: 100 });
    registries.set('large', await startRecordedRegistry({ packages: [pack('@large/it')] }));
    registries.get('large')!.fail('*', { type: 'huge', bytes: 50_000_000 });
    registries.set('refused', await startRecordedRegistry());
    await registries.get('refused')!.close();
    registries.set('empty', await startRecordedRegistry());
    home = makeHome({ npmrc: `registry=${registries.get('empty')!.url}\n`, env: outside.env });
    const scopes = [...registries.keys()];
    const project = makeProject({
      'package.json': {
        name: 'shop',
        private: true,
        dependencies: Object.fromEntries(scopes.map((scope) => [`@${scope}/it`, '^1.0.0'])),
      },
      '.npmrc': scopes.map((scope) => `@${scope}:registry=${registries.get(scope)!.url}\n`).join(''),
    });
    server = await startBuiltServer({ project, env: home.env });
    await server.client.open(server.uri('package.json'));
  });
  after(async () => {
    await server?.stop();
    await Promise.all([outside, ...registries.values()].map((each) => each.close()));
    rmSync(home.folder, { recursive: true });
  });

  for (const scope of Object.keys(FAULTS)) {
    test(`is said not to have told anything: ${scope}`, async () => {
      const card = await server.hoverOnce('package.json', `"@${scope}/it"`);
      assert.match(card, /Not checked:\*\* \S/);
      assert.doesNotMatch(card, /latest|Published|No known problems|Not found|undefined|\[object/);
      assert.ok(registries.get(scope)!.requests.length > 0);
    });
  }

  test('is one that nobody runs', async () => {
    const card = await server.hover('package.json', '"@refused/it"');
    assert.match(card, /Not checked:\*\* registry data.*\(the registry refused the connection/);
  });

  test('may send more than anybody reads', async () => {
    assert.match(await server.hover('package.json', '"@large/it"'), /latest 1\.0\.0|Not checked:\*\* \S/);
  });

  test('is not one that is merely late, or has no such package', async () => {
    assert.match(await server.hover('package.json', '"@late/it"'), /latest 1\.0\.0/);
    assert.match(await server.hover('package.json', '"@empty/it"'), /Not found/);
  });

  test('is asked no more than a few times', () => {
    for (const [scope, { requests }] of registries) {
      assert.ok(requests.length <= (scope === 'round' ? 12 : 2), `${scope}: ${requests.length}`);
    }
  });
});
