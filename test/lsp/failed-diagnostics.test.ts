import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TYPO = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

/** Returns a client of a server in which a check fails as long as `isBroken` is set. */
async function breakable(capabilities: typeof PULLING) {
  const state = { isBroken: false };
  const now = () => {
    if (state.isBroken) throw new Error('no time at https://me:secret@acme.test/');
    return Date.UTC(2026, 0, 1);
  };
  const files = { 'package.json': TYPO };
  const client = await startClient({ files, capabilities, ports: { clock: { now } } });
  return { client, state };
}

const ILL_TYPED: readonly (readonly [string, unknown])[] = [
  ['textDocument/diagnostic', {}],
  ['textDocument/diagnostic', null],
  ['textDocument/diagnostic', { textDocument: null }],
  ['textDocument/diagnostic', { textDocument: { uri: 5 } }],
  ['workspace/diagnostic', {}],
  ['workspace/diagnostic', { previousResultIds: {} }],
  ['workspace/diagnostic', { previousResultIds: [null] }],
  ['workspace/diagnostic', { previousResultIds: [{ uri: MANIFEST }] }],
];

test('parameters of a wrong type are an error, never a clean file', async () => {
  const { client } = await breakable(PULLING);
  for (const [method, params] of ILL_TYPED) {
    const answer = client.connection.sendRequest(method, params);
    await assert.rejects(answer, { code: -32602 }, JSON.stringify(params));
  }
  await client.close();
});

test('a check that fails is an error without details, which are in the log without secrets', async () => {
  const { client, state } = await breakable(PULLING);
  await client.open(MANIFEST);
  const first = await client.pull(MANIFEST);
  state.isBroken = true;
  const message = (method: string) => ({ code: -32603, message: `${method} failed; see the log.` });
  await assert.rejects(client.pull(MANIFEST, first.resultId), message('textDocument/diagnostic'));
  const workspace = () => client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
  await assert.rejects(workspace(), message('workspace/diagnostic'));
  await client.until(() => client.logged.some((line) => line.includes('no time at')));
  assert.ok(client.logged.every((line) => !line.includes('secret')));
  state.isBroken = false;
  assert.equal((await client.pull(MANIFEST)).items?.length, first.items?.length);
  await client.close();
});

test('nor is anything taken back from a client that does not ask', async () => {
  const { client, state } = await breakable(PUSHED);
  await client.open(MANIFEST);
  await client.until(() => client.published.length === 1);
  state.isBroken = true;
  await client.edit(MANIFEST, 0, 0, '\n');
  await client.until(() => client.logged.some((line) => line.includes('no time at')));
  assert.equal(client.published.length, 1);
  state.isBroken = false;
  await client.edit(MANIFEST, 0, 0, '\n');
  await client.until(() => client.published.length === 2);
  assert.ok(client.published[1]!.diagnostics.some(({ code }) => code === 'typosquat-name'));
  await client.close();
});
