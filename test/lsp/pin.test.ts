import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { LEFT_PAD } from '../unit/show/features/updates/registry-documents.ts';
import { indexOf } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const KIND = 'refactor.rewrite.dependencyHygiene.pin';
const http: HttpPort = {
  async get({ url }) {
    const name = new URL(url).pathname.slice(1);
    const status = name === 'left-pad' ? 200 : 404;
    return { type: 'answer', status, headers: new Map(), body: JSON.stringify({ ...LEFT_PAD, name }) };
  },
};

async function open(
  files: Readonly<Record<string, string>>,
  records: readonly object[] = [],
): Promise<TestClient> {
  const client = await startClient({
    files,
    initializationOptions: { trusted: true },
    ports: { advisories: () => indexOf(records) },
    http,
  });
  await client.open(MANIFEST);
  return client;
}

const manifest = (dependencies: object) => `${JSON.stringify({ dependencies }, undefined, 2)}\n`;
const lock = (dependencies: object, version: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies }, 'node_modules/left-pad': { version } },
  });

test('every range can be pinned to the locked version, as a refactoring', async () => {
  for (const [declared, pinned] of [
    ['^1.0.0', '1.0.1'],
    ['~1.0.0', '1.0.1'],
    ['*', '1.0.1'],
    ['latest', '1.0.1'],
    ['>=1', '1.0.1'],
    ['1.0.1', undefined],
  ] as const) {
    const dependencies = { 'left-pad': declared };
    const client = await open({
      'package.json': manifest(dependencies),
      'package-lock.json': lock(dependencies, '1.0.1'),
    });
    const range = client.rangeOf(MANIFEST, `"${declared}"`);
    if (pinned === undefined) {
      assert.deepEqual(await client.actions(MANIFEST, range, [KIND]), []);
      await client.close();
      continue;
    }
    for (const only of [KIND, 'refactor.rewrite', 'refactor']) {
      const actions = await client.actions(MANIFEST, range, [only]);
      const pin = actions.find(({ title }) => title === 'Pin left-pad to the locked version 1.0.1');
      assert.equal(pin?.kind, KIND, `${declared} ${only}: ${actions.map(({ title }) => title).join('; ')}`);
    }
    const [pin] = await client.actions(MANIFEST, range, [KIND]);
    client.apply(pin!.edit!);
    assert.equal(JSON.parse(client.textOf(MANIFEST)).dependencies['left-pad'], pinned);
    await client.close();
  }
});

test('without a lockfile `*` and `latest` get a fix once the version is known', async () => {
  for (const declared of ['*', 'latest']) {
    const client = await open({ 'package.json': manifest({ 'left-pad': declared }) });
    const range = client.rangeOf(MANIFEST, `"${declared}"`);
    let titles: string[] = [];
    for (let round = 0; round < 50 && !titles.some((title) => title.startsWith('Replace ')); round++) {
      await client.pull(MANIFEST);
      titles = (await client.actions(MANIFEST, range)).map(({ title }) => title);
    }
    assert.ok(titles.includes('Replace with "left-pad": "^2.1.0"'), titles.join('; '));
    assert.ok(
      titles.includes('Pin left-pad to 2.1.0') || titles.includes('Replace with "left-pad": "2.1.0"'),
    );
    await client.close();
  }
});

test('nothing is pinned to malware, and known vulnerabilities are named', async () => {
  const files = {
    'package.json': manifest({ 'left-pad': '^1.0.0' }),
    'package-lock.json': lock({ 'left-pad': '^1.0.0' }, '1.0.1'),
  };
  for (const [record, expected] of [
    [osv('MAL-2026-1', 'left-pad', '', { versions: ['1.0.1'] }), []],
    [
      osv('GHSA-aaaa-bbbb-cccc', 'left-pad', '1.0.0 1.1.0'),
      ['Pin left-pad to the locked version 1.0.1; 1 known vulnerability (high)'],
    ],
  ] as const) {
    const client = await open(files, [record]);
    const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"^1.0.0"'), [KIND]);
    assert.deepEqual(
      actions.map(({ title }) => title),
      expected,
    );
    await client.close();
  }
});
