import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const ORGANISATION = 'file:///home/ada/acme/dependency-hygiene.json';
const DENY = JSON.stringify({ deny: [{ name: 'request', reason: 'old' }], extends: './base.json' });
const FILES = {
  'package.json': JSON.stringify({ name: 'shop', private: true, dependencies: { request: '^2.0.0' } }),
  'dependency-hygiene.json': JSON.stringify({
    rules: { 'policy-denied-dependency': 'off' },
    allow: [{ name: 'request', reason: 'ours' }],
  }),
  [ORGANISATION]: DENY,
  'file:///home/ada/acme/base.json': JSON.stringify({ controls: { lockfile: true } }),
};

async function open(settings: unknown, files: Readonly<Record<string, string>> = FILES) {
  const client = await startClient({ files, settings, ports: { home: 'file:///home/ada' } });
  await client.open(MANIFEST);
  const codes = async (uri = MANIFEST) => (await client.pull(uri)).items?.map(({ code }) => code) ?? [];
  return { client, codes };
}

describe('the setting of an organisation policy', () => {
  test('is a locked policy: neither the project nor settings of the folder loosen it', async () => {
    const rules = { 'policy-denied-dependency': 'off', 'control-missing': 'off' };
    for (const policy of ['/home/ada/acme/dependency-hygiene.json', '~/acme/dependency-hygiene.json']) {
      const { client, codes } = await open({ policy, rules, preset: 'security' });
      const found = await codes();
      assert.ok(found.includes('policy-denied-dependency'), String(found));
      assert.ok(found.includes('control-missing'), 'what it extends counts too');
      await client.open(`${FOLDER}/dependency-hygiene.json`);
      const own = await client.pull(`${FOLDER}/dependency-hygiene.json`);
      assert.match(String(own.items?.[0]?.message), /has no effect: the organization's policy/);
      assert.deepEqual(client.messages, []);
      await client.close();
    }
  });

  test('counts once it is set, and no longer when it is not', async () => {
    const { client, codes } = await open(null);
    assert.ok(!(await codes()).includes('policy-denied-dependency'));
    for (const [policy, isDenied] of [
      ['~/acme/dependency-hygiene.json', true],
      ['', false],
    ] as const) {
      client.settings = { policy };
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.eventually(codes, (all) => all.includes('policy-denied-dependency') === isDenied);
    }
    await client.close();
  });

  test('is read again when the file changes', async () => {
    const { client, codes } = await open({ policy: '~/acme/dependency-hygiene.json' });
    assert.ok((await codes()).includes('policy-denied-dependency'));
    const isFollowed = () =>
      JSON.stringify(client.registrations.get('workspace/didChangeWatchedFiles') ?? '').includes(
        'file:///home/ada/acme',
      );
    if (!isFollowed()) await client.until(isFollowed);
    client.disk.set(ORGANISATION, '{}');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: ORGANISATION, type: 2 }],
    });
    await client.eventually(codes, (all) => !all.includes('policy-denied-dependency'));
    await client.close();
  });

  for (const [policy, files, why] of [
    ['acme/dependency-hygiene.json', FILES, /acme\/dependency-hygiene\.json is not an absolute path/],
    ['//host/policy.json', FILES, /is not an absolute path/],
    ['~/none.json', FILES, /~\/none\.json does not exist, and nothing of it is in effect/],
    [
      '~/acme/dependency-hygiene.json',
      { ...FILES, [ORGANISATION]: '{\n"denny": [] }' },
      /is invalid in line 2: [uU]nknown key "denny".*only the rest is in effect/,
    ],
    [
      '~/acme/dependency-hygiene.json',
      { ...FILES, [ORGANISATION]: '{ "extends": "./none.json" }' },
      /is invalid in line 1: "\.\/none\.json" does not exist/,
    ],
  ] as const)
    test(`${policy} is reported: ${why.source}`, async () => {
      const { client } = await open({ policy }, files);
      await client.until(() => client.messages.length > 0);
      assert.match(client.messages.join(), why);
      await client.close();
    });
});
