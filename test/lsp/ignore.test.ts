import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CLIENT_COMMANDS,
  type IgnoreQuestion,
  type IgnoreResult,
  SERVER_COMMANDS,
} from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const POLICY = `${FOLDER}/dependency-hygiene.json`;
const TYPO = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

async function open(files: Readonly<Record<string, string>>, asks = true): Promise<TestClient> {
  const client = await startClient({
    files,
    initializationOptions: { commands: asks ? Object.values(CLIENT_COMMANDS) : [] },
    ports: { advisories: () => indexOf([osv('MAL-2026-1', 'axios', '', { versions: ['1.14.1'] })]) },
  });
  await client.open(MANIFEST);
  return client;
}

const write = (client: TestClient, argument: unknown): Promise<IgnoreResult> =>
  client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.writeIgnores,
    arguments: [argument],
  });

test('a client that can ask for the reason does so, and is told where the entry is', async () => {
  const client = await open({ 'package.json': TYPO });
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"lodahs"'));
  const action = actions.find(({ title }) => title === 'Ignore typosquat-name…');
  assert.ok(action, actions.map(({ title }) => title).join('; '));
  assert.equal(action.edit, undefined);
  const [question] = action.command!.arguments as [IgnoreQuestion];
  assert.equal(action.command!.command, CLIENT_COMMANDS.ignoreFinding);
  assert.deepEqual([question.days, question.maxDays, question.entries.length], [90, 180, 1]);

  const { uri, entries } = question;
  const result = await write(client, { uri, entries, reason: 'our own fork', days: 30 });
  assert.ok('line' in result, JSON.stringify(result));
  assert.equal(result.uri, POLICY);
  const text = client.disk.get(POLICY)!;
  const [entry] = JSON.parse(text).ignores;
  assert.deepEqual([entry.rule, entry.package, entry.reason], ['typosquat-name', 'lodahs', 'our own fork']);
  assert.match(text.split('\n')[result.line]!, /\{/);
  await client.close();
});

test('no reason, too many days and malware are refused', async () => {
  const client = await open({ 'package.json': TYPO });
  const entries = [{ rule: 'typosquat-name', package: 'lodahs' }];
  const valid = { uri: MANIFEST, entries, reason: 'ours', days: 30 };
  for (const wrong of [
    undefined,
    { ...valid, reason: '  ' },
    { ...valid, reason: 'Accepted for now; write here why.' },
    { ...valid, days: 181 },
    { ...valid, days: 0 },
    { ...valid, days: 1.5 },
    { ...valid, entries: [] },
    { ...valid, entries: [{ rule: 'typosquat-name' }] },
    { ...valid, entries: [{ rule: 'malicious-version', package: 'axios', version: '1.14.1' }] },
    { ...valid, uri: 'file:///elsewhere/package.json' },
  ])
    assert.ok('problem' in (await write(client, wrong)), JSON.stringify(wrong));
  assert.equal(client.disk.get(POLICY), undefined);
  await client.close();
});

test('without such a client the entry has no effect until the reason is written, and the title says so', async () => {
  const client = await open({ 'package.json': TYPO }, false);
  const range = client.rangeOf(MANIFEST, '"lodahs"');
  const actions = await client.actions(MANIFEST, range);
  const ignore = actions.find(({ title }) => /^Ignore until .*: typosquat-name /.test(title));
  assert.match(ignore?.title ?? '', /has no effect until you write the reason\)$/);
  client.apply(ignore!.edit!);
  await client.open(POLICY, client.disk.get(POLICY)!);
  const { items = [] } = await client.pull(POLICY);
  assert.deepEqual(
    items.map(({ code, message }) => [code, /accepts nothing, as it has no reason/.test(String(message))]),
    [['audit-ignore-invalid', true]],
  );
  const still = (await client.pull(MANIFEST)).items ?? [];
  assert.ok(still.some(({ code }) => code === 'typosquat-name'));
  await client.close();
});
