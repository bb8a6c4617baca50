import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf } from '../workspace.ts';
import { type Capabilities, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TEXT = '{\n  "dependencies": {\n    "lodahs": "^4.17.0",\n    "minimist": "0.0.8"\n  }\n}\n';
const RECORDS = [osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4')];
const WITHOUT_REFRESH: Capabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, diagnostics: { refreshSupport: false } },
};

async function open(capabilities: Capabilities): Promise<TestClient> {
  const ports = { advisories: () => indexOf(RECORDS) };
  const client = await startClient({ files: { 'package.json': TEXT }, capabilities, ports });
  await client.open(MANIFEST);
  return client;
}

const codes = (items: readonly Diagnostic[] = []) =>
  items
    .map(({ code }) => code)
    .filter((code) => code === 'typosquat-name' || code === 'vulnerable-dependency');
const BOTH = ['typosquat-name', 'vulnerable-dependency'];

test('the first diagnostics do not wait for advisories, which follow by themselves', async () => {
  const client = await open(PUSHED);
  await client.until(() => client.published.length === 2);
  const [first, second] = client.published;
  assert.deepEqual(codes(first!.diagnostics), ['typosquat-name']);
  assert.deepEqual(codes(second!.diagnostics), BOTH);
  assert.equal(second!.version, 1);
  await client.close();
});

test('a client that asks is told to ask again', async () => {
  const client = await open(PULLING);
  assert.deepEqual(codes((await client.pull(MANIFEST)).items), ['typosquat-name']);
  const pull = async () => codes((await client.pull(MANIFEST)).items);
  assert.deepEqual(await client.eventually(pull, (found) => found.length > 1), BOTH);
  await client.close();
});

test('a client that cannot be told so gets them at once', async () => {
  const client = await open(WITHOUT_REFRESH);
  assert.deepEqual(codes((await client.pull(MANIFEST)).items), BOTH);
  await client.close();
});

test('who hovers over a version, or asks for what can be done, waits for them', async () => {
  const hovering = await open(PULLING);
  const position = hovering.rangeOf(MANIFEST, '"0.0.8"').start;
  const hover = await hovering.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: MANIFEST },
    position,
  });
  assert.match(JSON.stringify(hover), /GHSA-xvch-5gv4-984h/);
  await hovering.close();

  const acting = await open(PULLING);
  const actions = await acting.actions(MANIFEST, acting.rangeOf(MANIFEST, '"0.0.8"'));
  assert.ok(
    actions.some(({ title }) => title.includes('minimist')),
    actions.map(({ title }) => title).join(),
  );
  await acting.close();
});
