import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionList } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { CLIENT_COMMANDS, SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { document } from '../unit/show/features/updates/registry-documents.ts';
import { indexOf, TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const http: HttpPort = {
  async get({ url }) {
    const name = decodeURIComponent(new URL(url).pathname.slice(1));
    const days = {
      '2.88.0': '2026-01-01',
      '2.88.1': '2026-01-02',
      '2.88.2': '2026-01-03',
      '2.89.0': '2026-02-01',
    };
    const body = JSON.stringify({ name, ...document(days) });
    return { type: 'answer', status: name === 'request' ? 200 : 404, headers: new Map(), body };
  },
};
const RECORDS = [
  osv('GHSA-p8p7-x288-28g6', 'request', '0', { severity: 'MODERATE' }),
  osv('MAL-2026-0001', 'request', '', { versions: ['2.89.0'] }),
];

async function open(version: string, more: Readonly<Record<string, string>> = {}): Promise<TestClient> {
  const root = { name: 'shop', dependencies: { request: version } };
  const packages = {
    '': root,
    'node_modules/request': {
      version,
      hasInstallScript: true,
      resolved: `${TEST_REGISTRY}request/-/request-${version}.tgz`,
    },
  };
  const client = await startClient({
    files: {
      'package.json': `${JSON.stringify(root, undefined, 2)}\n`,
      'package-lock.json': `${JSON.stringify({ lockfileVersion: 3, packages })}\n`,
      ...more,
    },
    initializationOptions: { commands: Object.values(CLIENT_COMMANDS), trusted: true },
    ports: { advisories: () => indexOf(RECORDS) },
    http,
  });
  await client.open(MANIFEST);
  for (let round = 0; round < 5; round++) {
    await client.pull(MANIFEST);
    await new Promise((done) => setTimeout(done, 30));
  }
  return client;
}

const titlesAt = async (client: TestClient, part: string) =>
  (await client.actions(MANIFEST, client.rangeOf(MANIFEST, part))).map(({ title }) => title);

test('updates and completions name known vulnerabilities and leave malware out', async () => {
  const client = await open('2.88.0');
  const titles = await titlesAt(client, '"2.88.0"');
  const known = '1 known vulnerability (moderate)';
  assert.ok(titles.includes(`Update request to 2.88.2 (patch); ${known}`), titles.join('; '));
  assert.ok(!titles.some((title) => title.includes('2.89.0')), titles.join('; '));

  const position = client.rangeOf(MANIFEST, '"2.88.0"').start;
  const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
    textDocument: { uri: MANIFEST },
    position: { ...position, character: position.character + 1 },
  });
  const labels = list.items.map(({ label }) => label);
  assert.ok(labels.includes('^2.88.2'), labels.join());
  assert.ok(!labels.some((label) => label.includes('2.89.0') || label === 'latest'), labels.join());
  const shown = list.items.find(({ label }) => label === '^2.88.2')!;
  assert.ok(JSON.stringify(shown).includes(known), JSON.stringify(shown));

  await client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.update,
    arguments: [{ scope: 'file', uri: MANIFEST, level: 'major' }],
  });
  assert.doesNotMatch(client.textOf(MANIFEST), /2\.89\.0/);
  await client.close();
});

test('malware is neither approved nor ignored', async () => {
  const client = await open('2.89.0');
  for (const part of ['"request"', '"2.89.0"']) {
    const titles = await titlesAt(client, part);
    assert.ok(titles.length > 0);
    assert.ok(!titles.some((title) => /^(?:Approve|Ignore|Update) /.test(title)), titles.join('; '));
  }
  const titles = await titlesAt(client, '"request"');
  assert.ok(
    titles.some((title) => title.startsWith('Deny the scripts of request')),
    titles.join('; '),
  );
  await client.close();
});

test('the replacement of a misspelled name names what is known against it, and is never malware', async () => {
  const replacements = async (range: string) => {
    const root = { name: 'shop', dependencies: { reqeust: range } };
    const client = await startClient({
      files: { 'package.json': `${JSON.stringify(root, undefined, 2)}\n` },
      initializationOptions: { commands: Object.values(CLIENT_COMMANDS), trusted: true },
      ports: { advisories: () => indexOf(RECORDS) },
      http,
    });
    await client.open(MANIFEST);
    for (let round = 0; round < 5; round++) {
      await client.pull(MANIFEST);
      await new Promise((done) => setTimeout(done, 30));
    }
    const titles = await titlesAt(client, '"reqeust"');
    await client.close();
    return titles.filter((title) => title.startsWith('Replace with'));
  };
  assert.deepEqual(await replacements('~2.88.0'), [
    'Replace with "request": "~2.88.0"; 1 known vulnerability (moderate)',
  ]);
  // This range starts with malware.
  assert.deepEqual(await replacements('^2.89.0'), []);
});
