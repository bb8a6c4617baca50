import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  WorkspaceDiagnosticReport,
  WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { HANDED_ON, largeLockfile } from '../large-lockfile.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const LOCKFILE = `${FOLDER}/package-lock.json`;
const FILES = {
  'dependency-hygiene.json': '{ "mirrors": ["https://registry.example.test/"] }',
  'package.json':
    '{ "name": "large", "packageManager": "npm@11.19.1", "dependencies": { "large-0": "1.0.0" } }',
};

/** What the client was told before, as it says with each request: one that says nothing new is answered later. */
const previous = new Map<string, string>();

const findings = async (client: TestClient) => {
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [...previous].map(([uri, value]) => ({ uri, value })),
  });
  for (const { uri, resultId } of items) if (resultId !== undefined) previous.set(uri, resultId);
  const report = items.find(({ uri }) => uri === LOCKFILE) as
    | WorkspaceFullDocumentDiagnosticReport
    | undefined;
  return report?.items ?? [];
};

test('a lockfile over 50 MB is read from the disk, and the status says that the screen is not', async () => {
  const { text } = largeLockfile();
  assert.ok(text.length > HANDED_ON);
  const client = await startClient({
    files: { ...FILES, 'package-lock.json': text },
    initializationOptions: { status: true, trusted: true },
  });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  const status = () => client.statuses.at(-1) as StatusParams | undefined;
  await client.until(() => status()?.projects === 1 && status()?.working === false);
  const ofFiles = status()?.gaps.filter((gap) => gap.startsWith('package-lock.json'));
  assert.deepEqual(ofFiles, [
    'package-lock.json is larger than 50 MB: editors do not send the text of such a file, so the saved text is checked, not the unsaved changes.',
  ]);

  const [insecure, ...others] = await findings(client);
  assert.equal(insecure?.code, 'insecure-url');
  assert.equal(client.slice(LOCKFILE, insecure!.range), 'http');
  assert.match(String(insecure!.message), /last 1\.0\.0/);
  assert.deepEqual(others, []);

  // After another program saved the file, it is read again.
  client.disk.set(LOCKFILE, text.replace('"http://', '"https://'));
  const before = client.refreshes;
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: LOCKFILE, type: 2 }],
  });
  await client.until(() => client.refreshes > before);
  await client.eventually(
    () => findings(client),
    (found) => found.length === 0,
  );
  await client.close();
});
