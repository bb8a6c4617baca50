import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest } from '../../server/src/engine/ports.ts';
import type { WebPageResult } from '../../server/src/lsp/messages.ts';
import { rowsOf, sectionOf, textIn } from '../unit/show/report/html/page-of.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const NONCE = 'n'.repeat(32);
const MANIFEST = `${FOLDER}/shop/package.json`;
const FILES = {
  'shop/package.json': '{\n  "name": "shop",\n  "dependencies": { "left-pad": "^1.0.0" }\n}\n',
  'docs/package.json': '{ "name": "docs", "dependencies": { "lodahs": "^4.17.0" } }\n',
};

function start(trusted: boolean, asked: HttpRequest[] = []): Promise<TestClient> {
  return startClient({
    files: FILES,
    initializationOptions: { trusted, status: true },
    http: {
      async get(request) {
        asked.push(request);
        return { type: 'answer', status: 404, headers: new Map(), body: '{}' };
      },
    },
  });
}

const reportOf = (client: TestClient, question: object) =>
  client.connection.sendRequest<WebPageResult>('workspace/executeCommand', {
    command: 'dependencyHygiene.server.report',
    arguments: [{ nonce: NONCE, folder: FOLDER, ...question }],
  });

test('the report has the findings of every project of the folder, with links to their places', async () => {
  const client = await start(false);
  await client.open(MANIFEST, FILES['shop/package.json'].replace('left-pad', 'expresss'));
  const result = await reportOf(client, {});
  assert.ok('page' in result);
  const { html, targets, title } = result.page;
  assert.equal(title, 'Report: workspace');
  const rows = rowsOf(html, 'All findings, worst first').map(([, , text, place]) => `${text} ${place}`);
  assert.ok(rows.some((row) => /"lodahs" looks like.* docs\/package\.json :1/.test(row)));
  // The text of the editor counts, not that of the disk.
  assert.ok(rows.some((row) => /"expresss" looks like.* shop\/package\.json :3/.test(row)));
  const places = targets.filter((target) => 'uri' in target && target.uri === MANIFEST);
  assert.deepEqual(places.at(-1), { uri: MANIFEST, line: 2, character: 20 });
  assert.match(html, new RegExp(`script-src 'nonce-${NONCE}';`));
  assert.equal(html.split(`<script nonce="${NONCE}">`).length, 3);
  await client.close();
});

test('in an untrusted folder the report asks nobody, and says so', async () => {
  const asked: HttpRequest[] = [];
  const client = await start(false, asked);
  const result = await reportOf(client, {});
  assert.ok('page' in result);
  assert.deepEqual(asked, []);
  const gaps = textIn(sectionOf(result.page.html, 'gaps'));
  assert.match(gaps, /no registry was asked Trust the folder\./);
  assert.doesNotMatch(gaps, /--trust/);
  await client.close();
});

test('in a trusted folder the report waits for the answers of registries', async () => {
  const asked: HttpRequest[] = [];
  const client = await start(true, asked);
  const result = await reportOf(client, {});
  assert.ok('page' in result);
  assert.ok(asked.some(({ url }) => url.endsWith('/left-pad')));
  assert.match(textIn(sectionOf(result.page.html, 'findings')), /left-pad.*does not exist/);
  await client.close();
});

test('folders that are not open, and nonces that are none, get no report', async () => {
  const client = await start(false);
  for (const question of [{ folder: 'file:///other' }, { folder: `${FOLDER}/shop` }, { nonce: 'x' }])
    assert.ok('problem' in (await reportOf(client, question)));
  await client.close();
});
