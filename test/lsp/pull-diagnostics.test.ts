import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TYPO =
  '{\n  "name": "shop",\n  "version": "1.0.0",\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

async function typos(client: TestClient, uri = MANIFEST) {
  const { items = [] } = await client.pull(uri);
  return items.filter((item) => item.code === 'typosquat-name');
}

const count = (client: TestClient, expected: number) =>
  client.eventually(
    () => typos(client),
    ({ length }) => length === expected,
  );

test('a misspelled name is reported at its token, with a link to the page of its rule', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  const [finding, ...others] = await typos(client);
  assert.equal(others.length, 0);
  assert.equal(client.slice(MANIFEST, finding!.range), '"lodahs"');
  assert.equal(finding!.source, 'Dependency Hygiene');
  assert.equal(finding!.severity, 2);
  assert.match(String(finding!.message), /"lodahs".*"lodash"/);
  assert.equal(finding!.codeDescription?.href, 'https://docs.example.test/typosquat-name');
  assert.deepEqual(client.published, []);
  await client.close();
});

test('each keystroke is diagnosed on the text as it is then', async () => {
  const client = await startClient({ files: {} });
  await client.open(MANIFEST, '{\n  "dependencies": {\n  }\n}\n');
  assert.deepEqual(await typos(client), []);
  let at = client.textOf(MANIFEST).indexOf('{\n  }') + 2;
  const typed = '    "lodahs": "^4.0.0"\n';
  for (const character of typed) {
    await client.edit(MANIFEST, at, at, character);
    at++;
  }
  const [finding] = await typos(client);
  assert.equal(client.slice(MANIFEST, finding!.range), '"lodahs"');
  const name = client.textOf(MANIFEST).indexOf('lodahs');
  await client.edit(MANIFEST, name, name + 6, 'lodash');
  assert.deepEqual(await typos(client), []);
  await client.close();
});

test('the same findings are answered as unchanged, and only to who has them', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  const first = await client.pull(MANIFEST);
  assert.equal(first.kind, 'full');
  const again = await client.pull(MANIFEST, first.resultId);
  assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
  const end = client.textOf(MANIFEST).length;
  await client.edit(MANIFEST, end, end, '\n');
  const edited = await client.pull(MANIFEST, first.resultId);
  assert.deepEqual(
    edited.items,
    first.items,
    'in full after an edit, with which editors move what they show',
  );
  const discarded = await client.pull(MANIFEST, first.resultId);
  assert.equal(discarded.kind, 'full', 'also to an editor that has discarded the answer before');
  assert.equal((await client.pull(MANIFEST, edited.resultId)).kind, 'unchanged');
  await client.edit(MANIFEST, 0, 0, '\n');
  const moved = await client.pull(MANIFEST, first.resultId);
  assert.equal(moved.kind, 'full');
  assert.notEqual(moved.resultId, first.resultId);
  await client.close();
});

test('a changed severity arrives with a refresh, and "off" takes the finding away', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  assert.equal((await typos(client))[0]!.severity, 2);

  const change = async (settings: unknown, severity: number | undefined) => {
    const before = client.refreshes;
    client.settings = settings;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.refreshes > before);
    await client.eventually(
      () => typos(client),
      (found) => found[0]?.severity === severity,
    );
  };
  await change({ rules: { 'typosquat-name': 'error' } }, 1);
  await change({ rules: { 'typosquat-name': 'off' } }, undefined);
  await change({ rules: { 'typosquat-name': 'default', 'no-such-rule': 'error' }, online: 'perhaps' }, 2);
  await client.close();
});

test('a file that changes on the disk is read again', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  assert.equal((await typos(client)).length, 1);
  await client.until(() => client.registrations.has('workspace/didChangeWatchedFiles'));

  const configuration = `${FOLDER}/dependency-hygiene.json`;
  client.disk.set(configuration, '{ "allowNames": ["lodahs"] }\n');
  const before = client.refreshes;
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: configuration, type: 1 }],
  });
  await client.until(() => client.refreshes > before);
  await count(client, 0);

  client.disk.delete(configuration);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: configuration, type: 3 }],
  });
  await client.until(() => client.refreshes > before + 1);
  await count(client, 1);
  await client.close();
});

test('a moved folder takes its findings along, also of a document that was open', async () => {
  const client = await startClient({ files: { 'package.json': TYPO, 'old/package.json': TYPO } });
  const [before, after] = [`${FOLDER}/old/package.json`, `${FOLDER}/new/package.json`];
  await client.open(MANIFEST);
  await client.open(before);
  assert.equal((await typos(client, before)).length, 1);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: before } });
  await client.connection.sendRequest('workspace/executeCommand', {
    command: 'dependencyHygiene.server.checkWorkspace',
    arguments: [],
  });

  client.disk.set(after, client.disk.get(before)!);
  client.disk.delete(before);
  const refreshes = client.refreshes;
  await client.connection.sendNotification('dependencyHygiene/foldersChanged', {
    created: [`${FOLDER}/new`],
    deleted: [`${FOLDER}/old`],
  });
  await client.until(() => client.refreshes > refreshes);
  // The client pulled the document by itself, and so has no result of the workspace for it.
  const report = () =>
    client.connection.sendRequest<{ items: { uri: string; items: unknown[] }[] }>('workspace/diagnostic', {
      previousResultIds: [],
    });
  const countIn = ({ items }: Awaited<ReturnType<typeof report>>, uri: string) =>
    items.find((item) => item.uri === uri)?.items.length;
  const found = await client.eventually(report, (answer) => (countIn(answer, after) ?? 0) > 0);
  assert.equal(countIn(found, before), 0);
  await client.close();
});

test('an unsaved text of a file counts for the others, until it is closed', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  const configuration = `${FOLDER}/dependency-hygiene.json`;
  client.disk.set(configuration, '{}\n');
  await client.open(MANIFEST);
  await client.open(configuration, '{ "allowNames": ["lodahs"] }\n');
  assert.deepEqual(await typos(client), []);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: configuration } });
  await client.until(() => client.refreshes > 0);
  await count(client, 1);
  await client.close();
});

test('an edit that changes the findings of another open document asks for them to be pulled again', async () => {
  const client = await startClient({ files: { 'package.json': TYPO, 'dependency-hygiene.json': '{}\n' } });
  const configuration = `${FOLDER}/dependency-hygiene.json`;
  await client.open(MANIFEST);
  await client.open(configuration);
  assert.equal((await typos(client)).length, 1);
  const before = client.refreshes;
  await client.edit(configuration, 1, 1, ' "allowNames": ["lodahs"] ');
  await client.until(() => client.refreshes > before);
  await count(client, 0);
  await client.close();
});

test('an edit of one document that changes nothing elsewhere asks for nothing', async () => {
  const client = await startClient({ files: { 'package.json': TYPO, 'dependency-hygiene.json': '{}\n' } });
  const configuration = `${FOLDER}/dependency-hygiene.json`;
  await client.open(MANIFEST);
  await client.open(configuration);
  assert.equal((await typos(client)).length, 1);
  // The answer of the registry about the name, which later edits leave as it is.
  await client.until(() => client.refreshes > 0);
  await typos(client);
  const before = client.refreshes;
  const at = client.textOf(MANIFEST).indexOf('"dependencies"');
  await client.edit(MANIFEST, at, at, '"private": true, ');
  await client.edit(configuration, 1, 1, ' ');
  assert.equal((await typos(client)).length, 1);
  assert.equal((await typos(client)).length, 1);
  assert.equal(client.refreshes, before);
  await client.close();
});

test('an .npmrc that a fix created counts from the moment its text is there', async () => {
  const manifest = '{\n  "name": "shop",\n  "dependencies": {\n    "@acme/ui": "^1.0.0"\n  }\n}\n';
  const files = { 'package.json': manifest, 'dependency-hygiene.json': '{ "privateScopes": ["@acme"] }\n' };
  const client = await startClient({ files });
  const missing = async () =>
    ((await client.pull(MANIFEST)).items ?? []).filter(({ code }) => code === 'scope-registry-missing')
      .length;
  await client.open(MANIFEST);
  assert.equal(await missing(), 1);
  const before = client.refreshes;
  // Editors create the file empty, open it, write into it, and are notified of the file on disk last.
  client.disk.set(`${FOLDER}/.npmrc`, '');
  await client.open(`${FOLDER}/.npmrc`);
  await client.edit(`${FOLDER}/.npmrc`, 0, 0, '@acme:registry=https://npm.acme.example.test/\n');
  await client.until(() => client.refreshes > before);
  await client.eventually(missing, (count) => count === 0);
  await client.close();
});

test('a cancelled request is answered as cancelled, and nothing is logged', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  const id = 9000;
  const params = { textDocument: { uri: MANIFEST } };
  const { CancellationTokenSource } = await import('vscode-languageserver/node');
  const source = new CancellationTokenSource();
  const asked = client.connection.sendRequest('textDocument/diagnostic', { ...params, id }, source.token);
  source.cancel();
  await assert.rejects(asked, { code: -32800 });
  assert.equal((await typos(client)).length, 1);
  assert.deepEqual(client.logged, []);
  await client.close();
});

test('documents that are not ours are left alone, whatever is asked of them', async () => {
  const client = await startClient({ files: {} });
  const other = `${FOLDER}/tsconfig.json`;
  await client.open(other, TYPO);
  assert.deepEqual((await client.pull(other)).items, []);
  assert.deepEqual((await client.pull(`${FOLDER}/nowhere/package.json`)).items, []);
  assert.deepEqual((await client.pull('untitled:package.json')).items, []);
  assert.deepEqual(client.logged, []);
  await client.close();
});

test("the client's own spelling of a document is understood and kept", async () => {
  const files = { 'a b@c/package.json': TYPO };
  const client = await startClient({
    files: { [`${FOLDER}/a%20b%40c/package.json`]: files['a b@c/package.json'] },
  });
  const uri = `${FOLDER}/a%20b@c/package.json`;
  await client.open(uri, TYPO);
  assert.equal((await typos(client, uri)).length, 1);
  const { items } = await client.connection.sendRequest<{ items: { uri: string }[] }>(
    'workspace/diagnostic',
    {
      previousResultIds: [],
    },
  );
  assert.deepEqual(
    items.map((item) => item.uri),
    [uri],
  );
  await client.close();
});

test('a configuration file counts before it is saved for the first time', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  assert.equal((await typos(client)).length, 1);
  const configuration = `${FOLDER}/dependency-hygiene.json`;
  const before = client.refreshes;
  await client.open(configuration, '{ "allowNames": ["lodahs"] }\n');
  await client.until(() => client.refreshes > before);
  await count(client, 0);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: configuration } });
  await client.until(() => client.refreshes > before + 1);
  await count(client, 1);
  await client.close();
});

test('what lies in node_modules is not looked into', async () => {
  const client = await startClient({
    files: { 'package.json': '{}', 'node_modules/dep/package.json': TYPO },
  });
  const inside = `${FOLDER}/node_modules/dep/package.json`;
  await client.open(inside);
  assert.deepEqual((await client.pull(inside)).items, []);
  await client.close();
});
