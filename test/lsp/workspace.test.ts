import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { PUSHED } from './capabilities.ts';
import { startClient, type TestClient } from './test-client.ts';

const LEFT = 'file:///left';
const RIGHT = 'file:///right';
const TYPO = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';
const FINE = '{\n  "name": "fine",\n  "private": true\n}\n';

const FILES = {
  [`${LEFT}/package.json`]: FINE,
  [`${LEFT}/inner/package.json`]: TYPO,
  [`${RIGHT}/package.json`]: TYPO,
  [`${RIGHT}/node_modules/dep/package.json`]: TYPO,
};

function workspaceReport(client: TestClient, previousResultIds: { uri: string; value: string }[] = []) {
  return client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds,
  });
}

const checkWorkspace = { command: 'dependencyHygiene.server.checkWorkspace', arguments: [] };

test('nothing is read when a folder opens; the command checks all folders, with progress', async () => {
  const client = await startClient({ files: FILES, folders: [LEFT, RIGHT] });
  const progress: string[] = [];
  client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
    progress.push(value.kind);
  });
  assert.deepEqual((await workspaceReport(client)).items, []);
  await client.connection.sendRequest('workspace/executeCommand', checkWorkspace);
  assert.equal(progress[0], 'begin');
  assert.equal(progress.at(-1), 'end');

  const { items } = await workspaceReport(client);
  assert.deepEqual(
    items.map((item) => item.uri),
    [`${LEFT}/inner/package.json`, `${RIGHT}/package.json`],
  );
  assert.ok(items.every((item) => item.kind === 'full' && item.version === null));

  const known = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
  const again = await workspaceReport(client, known);
  assert.deepEqual(
    again.items.map((item) => item.kind),
    ['unchanged', 'unchanged'],
  );
  await client.close();
});

test('folders come and go', async () => {
  const client = await startClient({ files: FILES, folders: [LEFT] });
  await client.connection.sendRequest('workspace/executeCommand', checkWorkspace);
  const first = await workspaceReport(client);
  assert.deepEqual(
    first.items.map((item) => item.uri),
    [`${LEFT}/inner/package.json`],
  );
  const before = client.refreshes;
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: RIGHT, name: 'right' }], removed: [{ uri: LEFT, name: 'left' }] },
  });
  await client.until(() => client.refreshes > before);
  const known = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
  const counts = async () => {
    const { items } = await workspaceReport(client, known);
    return new Map(items.map((item) => [item.uri, item.kind === 'full' ? item.items.length : -1]));
  };
  const byUri = await client.eventually(counts, (found) => (found.get(`${RIGHT}/package.json`) ?? 0) > 0);
  assert.equal(byUri.get(`${LEFT}/inner/package.json`), 0);
  await client.close();
});

test('clients that are sent diagnostics get those of all files once the workspace was checked', async () => {
  const client = await startClient({ files: FILES, folders: [LEFT, RIGHT], capabilities: PUSHED });
  await client.connection.sendRequest('workspace/executeCommand', checkWorkspace);
  const withFindings = () =>
    new Set(client.published.filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri));
  await client.until(() => withFindings().size === 2);
  assert.deepEqual([...withFindings()].sort(), [`${LEFT}/inner/package.json`, `${RIGHT}/package.json`]);
  await client.close();
});

test('progress that the user cancels ends the check quietly', async () => {
  const client = await startClient({ files: FILES, folders: [LEFT, RIGHT] });
  client.connection.onNotification(
    '$/progress',
    ({ token, value }: { token: string; value: { kind: string } }) => {
      if (value.kind === 'begin')
        void client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    },
  );
  await client.connection.sendRequest('workspace/executeCommand', checkWorkspace);
  assert.deepEqual(client.logged, []);
  await client.close();
});

test('our client, which would ask every two seconds, gets the answer when there is one', async () => {
  const client = await startClient({
    files: FILES,
    folders: [LEFT],
    initializationOptions: { status: true },
  });
  let answer: WorkspaceDiagnosticReport | undefined;
  const pending = workspaceReport(client).then((report) => {
    answer = report;
  });
  await workspaceReportOfOther(client);
  assert.equal(answer, undefined);
  await client.connection.sendRequest('workspace/executeCommand', checkWorkspace);
  await pending;
  assert.deepEqual(
    answer!.items.map((item) => item.uri),
    [`${LEFT}/inner/package.json`],
  );
  await client.close();
});

/** An answer to a later request: earlier ones had their chance. */
async function workspaceReportOfOther(client: TestClient): Promise<void> {
  await client.connection.sendRequest('workspace/executeCommand', {
    command: 'dependencyHygiene.server.privacy',
    arguments: [],
  });
}
