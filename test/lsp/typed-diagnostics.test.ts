import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, type Diagnostic, type InlayHint } from 'vscode-languageserver/node';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const manifestOf = (name: string) => `{
  "name": "typed",
  "private": true,
  "packageManager": "npm@11.19.1",
  "dependencies": {
    "${name}": "^4.0.0"
  }
}
`;
const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'typed', dependencies: { lodahs: '^4.0.0' } },
    'node_modules/lodahs': { version: '4.17.21' },
  },
});

interface Report {
  readonly kind: string;
  readonly resultId?: string;
  readonly items?: readonly Diagnostic[];
}

/**
 * Pulls diagnostics as vscode-languageclient does: one request at a time for a document. A change cancels the pending
 * one, and another follows when that is answered.
 */
function createPuller(client: TestClient) {
  let shown: readonly Diagnostic[] = [];
  let resultId: string | undefined;
  let source: CancellationTokenSource | undefined;
  let again = false;
  let idle = Promise.resolve();

  async function pullAll(): Promise<void> {
    do {
      again = false;
      source = new CancellationTokenSource();
      const params = { textDocument: { uri: MANIFEST }, previousResultId: resultId };
      const { token } = source;
      const report = await client.connection
        .sendRequest<Report>('textDocument/diagnostic', params, token)
        .catch((error: { readonly code: number }) => assert.equal(error.code, -32800));
      if (report === undefined) continue;
      if (report.kind === 'full') shown = report.items ?? [];
      resultId = report.resultId;
    } while (again);
    source = undefined;
  }

  return {
    changed() {
      if (source === undefined) idle = pullAll();
      else {
        source.cancel();
        again = true;
      }
    },
    async settled() {
      await idle;
      return shown;
    },
  };
}

test('after fast typing over a text the diagnostics and hints are those of the newest text', async () => {
  const client = await startClient({
    files: { 'package.json': manifestOf('lodash'), 'package-lock.json': LOCK },
  });
  await client.open(MANIFEST);
  const puller = createPuller(client);
  for (const name of ['lodahs', 'lodash', 'lodahs']) {
    const text = manifestOf(name);
    // VS Code sends a text that is typed over another key by key; the first key replaces everything.
    for (const [at, key] of [...text].entries()) {
      const end = at === 0 ? client.textOf(MANIFEST).length : at;
      void client.edit(MANIFEST, at, end, key);
      puller.changed();
      if (at % 17 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const codes = (await puller.settled()).map(({ code }) => code).sort();
    const isTypo = name === 'lodahs';
    assert.deepEqual(codes, isTypo ? ['typosquat-name'] : ['lockfile-out-of-sync']);
    const hints = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: MANIFEST },
      range: { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } },
    });
    assert.equal(JSON.stringify(hints).includes('4.17.21'), isTypo);
  }
  assert.deepEqual(client.logged, []);
  await client.close();
});

test('changes that arrive in another order than they were made are logged', async () => {
  const client = await startClient({ files: { 'package.json': manifestOf('lodahs') } });
  await client.open(MANIFEST);
  const change = (version: number, character: number) =>
    client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: MANIFEST, version },
      contentChanges: [{ range: { start: { line: 0, character }, end: { line: 0, character } }, text: ' ' }],
    });
  await change(2, 1);
  await change(9, 2);
  assert.deepEqual(client.logged, [], 'versions may leave numbers out');
  await change(3, 1);
  await client.until(() => client.logged.length > 0);
  assert.match(client.logged[0]!, /version 3 of file:\/\/\/workspace\/package\.json arrived after version 9/);
  await client.close();
});
