import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { CLIENT_COMMANDS } from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { document } from '../unit/show/features/updates/registry-documents.ts';
import { indexOf } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;

function registryOf(documents: Readonly<Record<string, object>>): HttpPort {
  return {
    async get({ url }) {
      const name = decodeURIComponent(new URL(url).pathname.slice(1));
      const found = documents[name];
      const body = JSON.stringify({ name, ...found });
      return { type: 'answer', status: found === undefined ? 404 : 200, headers: new Map(), body };
    },
  };
}

async function open(
  dependencies: Readonly<Record<string, string>>,
  packages: object,
  records: readonly object[],
  documents: Readonly<Record<string, object>>,
): Promise<TestClient> {
  const root = { name: 'shop', dependencies };
  const client = await startClient({
    files: {
      'package.json': `${JSON.stringify(root, undefined, 2)}\n`,
      'package-lock.json': `${JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': root, ...packages } })}\n`,
    },
    initializationOptions: { commands: Object.values(CLIENT_COMMANDS), trusted: true },
    ports: { advisories: () => indexOf(records) },
    http: registryOf(documents),
  });
  await client.open(MANIFEST);
  await settle(client, MANIFEST);
  return client;
}

/** Waits until all registry facts that rules requested are known. */
async function settle(client: TestClient, uri: string): Promise<void> {
  for (let round = 0, previous = ''; round < 20; round++) {
    const now = JSON.stringify((await client.pull(uri)).items ?? []);
    if (now === previous && round > 2) return;
    previous = now;
    await new Promise((done) => setTimeout(done, 30));
  }
}

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
const preferred = (actions: readonly CodeAction[]) =>
  actions.filter(({ isPreferred }) => isPreferred === true).map(({ title }) => title);

const LODASH = ['1', '2', '3', '4'].map((end) =>
  osv(`GHSA-lodd-ash0-000${end}`, 'lodash', `4.0.0 ${end === '4' ? '4.18.0' : '4.17.21'}`),
);

test('the least change that clears all vulnerabilities comes before updates, and alone is preferred', async () => {
  const client = await open(
    { lodash: '4.17.15' },
    { 'node_modules/lodash': { version: '4.17.15' } },
    LODASH,
    {
      lodash: document({
        '4.17.15': '2026-01-01',
        '4.17.21': '2026-01-02',
        '4.18.0': '2026-01-03',
        '4.19.0': '2026-02-01',
        '5.0.0': '2026-03-01',
      }),
    },
  );
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"4.17.15"'));
  const first = 'Fix 4 vulnerabilities: lodash → 4.18.0';
  assert.equal(titles(actions)[0], first, titles(actions).join('; '));
  assert.deepEqual(preferred(actions), [first]);
  const update = titles(actions).findIndex((title) => title.startsWith('Update '));
  assert.ok(update > 0, titles(actions).join('; '));
  await client.close();
});

test('a major update never comes before what fixes a transitive dependency', async () => {
  const client = await open(
    { mkdirp: '^0.5.1' },
    {
      'node_modules/mkdirp': { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
      'node_modules/minimist': { version: '0.0.8' },
    },
    [osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6')],
    {
      mkdirp: {
        ...document({ '0.5.1': '2026-01-01', '0.5.6': '2026-01-02', '3.0.1': '2026-01-03' }),
        versions: {
          '0.5.1': { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
          '0.5.6': { version: '0.5.6', dependencies: { minimist: '^1.2.6' } },
          '3.0.1': { version: '3.0.1' },
        },
      },
      minimist: document({ '0.0.8': '2026-01-01', '1.2.8': '2026-01-02' }),
    },
  );
  const lock = `${FOLDER}/package-lock.json`;
  await client.open(lock);
  await settle(client, lock);
  const fix = 'Fix 1 vulnerability: mkdirp → ^0.5.6, which pulls in minimist 1.2.8';
  for (const [uri, part] of [
    [MANIFEST, '"^0.5.1"'],
    [lock, '"node_modules/minimist":{"version":"0.0.8"'],
  ] as const) {
    const actions = await client.actions(uri, client.rangeOf(uri, part));
    assert.equal(titles(actions)[0], fix, `${uri}: ${titles(actions).join('; ')}`);
    assert.deepEqual(preferred(actions), [fix]);
  }
  const edited = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"^0.5.1"'));
  assert.ok(titles(edited).some((title) => title.includes('^3.0.1')));
  client.apply(edited[0]!.edit!);
  assert.equal(JSON.parse(client.textOf(MANIFEST)).dependencies.mkdirp, '^0.5.6');
  await client.close();
});

test('a private or unknown scope is offered its registry, and never the public one', async () => {
  const client = await startClient({
    files: {
      'package.json': `${JSON.stringify({ dependencies: { '@acme/ui': '1.0.0' } }, undefined, 2)}\n`,
      'package-lock.json': `${JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { '@acme/ui': '1.0.0' } },
          'node_modules/@acme/ui': {
            version: '1.0.0',
            resolved: 'https://npm.acme.example.test/@acme/ui/-/ui-1.0.0.tgz',
          },
          ...Object.fromEntries(
            ['a', 'b', 'c'].map((name) => [
              `node_modules/${name}`,
              { version: '1.0.0', resolved: `https://registry.npm.example.test/${name}/-/${name}-1.0.0.tgz` },
            ]),
          ),
        },
      })}\n`,
    },
    initializationOptions: { commands: Object.values(CLIENT_COMMANDS) },
  });
  const lock = `${FOLDER}/package-lock.json`;
  await client.open(lock);
  const at = async (part: string) => titles(await client.actions(lock, client.rangeOf(lock, part)));
  const unknown = await at('https://npm.acme.example.test/@acme/ui/-/ui-1.0.0.tgz');
  assert.equal(unknown[0], 'Set the registry of @acme…', unknown.join('; '));
  assert.ok(!unknown.some((title) => title.startsWith('Fetch ')), unknown.join('; '));
  await client.close();
});

test('a scoped package that is not found: its registry comes before its removal', async () => {
  const client = await startClient({
    files: { 'package.json': '{ "dependencies": { "@someone/tool": "1.0.0" } }\n' },
    initializationOptions: { commands: Object.values(CLIENT_COMMANDS), trusted: true },
    http: registryOf({}),
  });
  await client.open(MANIFEST);
  const ask = () => client.actions(MANIFEST, client.rangeOf(MANIFEST, '"@someone/tool"'));
  let actions = titles(await ask());
  for (let round = 0; round < 60 && actions.length < 2; round++) {
    await settle(client, MANIFEST);
    actions = titles(await ask());
  }
  const registry = actions.indexOf('Set the registry of @someone…');
  const remove = actions.indexOf('Remove "@someone/tool"');
  assert.ok(registry !== -1 && remove > registry, actions.join('; '));
  await client.close();
});

test('fixes of what a vulnerable dependency pulls in stay before ignoring, as VS Code sorts them', async () => {
  const client = await open(
    { lodash: '4.17.15' },
    {
      'node_modules/lodash': { version: '4.17.15', dependencies: { weak: '^1.0.0' } },
      'node_modules/weak': { version: '1.0.0' },
    },
    [...LODASH, osv('GHSA-weak-0000-0001', 'weak', '0 1.2.0')],
    {
      lodash: document({ '4.17.15': '2026-01-01', '4.18.0': '2026-01-03' }),
      weak: document({ '1.0.0': '2026-01-01', '1.2.0': '2026-01-02' }),
    },
  );
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"4.17.15"'));
  // VS Code lists those with diagnostics first, and keeps the order otherwise.
  const rank = ({ diagnostics = [] }: CodeAction) => (diagnostics.length > 0 ? 0 : 1);
  const shown = titles(actions.toSorted((a, b) => rank(a) - rank(b)));
  const ignoring = shown.findIndex((title) => title.startsWith('Ignore '));
  const inner = shown.findIndex((title) => title.includes('weak'));
  assert.ok(inner >= 0 && inner < ignoring, shown.join('; '));
  await client.close();
});
