import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import type { HttpPort, HttpRequest } from '../../server/src/engine/ports.ts';
import { COUNTING_BYTES, PUSHED } from './capabilities.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TEXT = '{\n  "dependencies": {\n    "left-pad": "^1.3.0"\n  }\n}\n';
const PACKUMENT = {
  name: 'left-pad',
  description: 'String left pad <script>',
  'dist-tags': { latest: '1.3.0' },
  versions: { '1.3.0': { name: 'left-pad', version: '1.3.0', license: 'WTFPL' } },
  time: { '1.3.0': '2018-04-09T01:00:00.000Z' },
  maintainers: [{ name: 'stevemao', email: 'a@example.test' }],
};

/** Returns a registry that serves one packument, and records requests. */
function registry(asked: HttpRequest[]): HttpPort {
  return {
    async get(request) {
      asked.push(request);
      return { type: 'answer', status: 200, headers: new Map(), body: JSON.stringify(PACKUMENT) };
    },
  };
}

async function hoverOn(client: TestClient, part: string, uri = MANIFEST): Promise<Hover | null> {
  const { start } = client.rangeOf(uri, part);
  return client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: start });
}

const textOf = (hover: Hover | null) => (hover!.contents as MarkupContent).value;

test('the card tells what the registry says, escaped, at the token under the cursor', async () => {
  const asked: HttpRequest[] = [];
  const client = await startClient({
    files: { 'package.json': TEXT },
    http: registry(asked),
    initializationOptions: { trusted: true },
  });
  await client.open(MANIFEST);
  const hover = await hoverOn(client, 'left-pad');
  assert.equal(client.slice(MANIFEST, hover!.range!), '"left-pad"');
  assert.equal((hover!.contents as MarkupContent).kind, 'markdown');
  assert.match(textOf(hover), /latest 1\.3\.0/);
  assert.match(textOf(hover), /WTFPL/);
  assert.doesNotMatch(textOf(hover), /<script>/);
  assert.deepEqual(
    asked.map(({ url }) => url),
    [
      'https://registry.public.example.test/left-pad',
      'https://api.public.example.test/downloads/point/last-week/left-pad',
    ],
  );
  assert.equal(await hoverOn(client, 'dependencies'), null);
  await client.close();
});

test('a client without Markdown gets plain text, one that counts bytes its own ranges', async () => {
  for (const capabilities of [PUSHED, COUNTING_BYTES]) {
    const text = TEXT.replace('{\n  "dep', '{ "description": "𝒮",\n  "dep').replace(
      '"left-pad"',
      '"é": "1.0.0", "left-pad"',
    );
    const client = await startClient({ files: { 'package.json': text }, capabilities });
    await client.open(MANIFEST);
    const hover = await hoverOn(client, 'left-pad');
    assert.equal(client.slice(MANIFEST, hover!.range!), '"left-pad"');
    assert.equal((hover!.contents as MarkupContent).kind, capabilities === PUSHED ? 'plaintext' : 'markdown');
    await client.close();
  }
});

test('in an untrusted workspace nothing is sent, and the card says so at once', async () => {
  const asked: HttpRequest[] = [];
  const client = await startClient({ files: { 'package.json': TEXT }, http: registry(asked) });
  await client.open(MANIFEST);
  assert.match(textOf(await hoverOn(client, 'left-pad')), /Not checked.*trust/i);
  assert.deepEqual(asked, []);
  await client.close();
});

test('with "online" off nothing is sent, until it is on again', async () => {
  const asked: HttpRequest[] = [];
  const client = await startClient({
    files: { 'package.json': TEXT },
    http: registry(asked),
    settings: { online: false },
    initializationOptions: { trusted: true },
  });
  await client.open(MANIFEST);
  assert.match(textOf(await hoverOn(client, 'left-pad')), /Not checked.*offline/i);
  assert.deepEqual(asked, []);
  client.settings = { online: true };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  let text = '';
  // The client is asked for its settings first, and is not told when the server has them.
  for (let tries = 0; tries < 100 && !text.includes('latest 1.3.0'); tries++) {
    text = textOf(await hoverOn(client, 'left-pad'));
  }
  assert.match(text, /latest 1\.3\.0/);
  await client.close();
});

test('a registry that does not answer in time does not hold the card up', async () => {
  const client = await startClient({
    files: { 'package.json': TEXT },
    http: { get: () => new Promise(() => undefined) },
    initializationOptions: { trusted: true },
    impatient: true,
  });
  await client.open(MANIFEST);
  assert.match(
    textOf(await hoverOn(client, 'left-pad')),
    /Not checked:\*\* registry data, install scripts \(no answer yet\)/,
  );
  await client.close();
});

test('a card on an override and on an import asks for the package that they name', async () => {
  const text =
    '{ "imports": { "#pad": "left-pad/index.js" }, "overrides": { "left-pad": "1.3.0" },\n "dependencies": { "left-pad": "^1.0.0" } }\n';
  const asked: HttpRequest[] = [];
  const client = await startClient({
    files: { 'package.json': text },
    http: registry(asked),
    initializationOptions: { trusted: true },
  });
  await client.open(MANIFEST);
  for (const part of ['"left-pad": "1.3.0"', '"1.3.0"', '"left-pad/index.js"']) {
    const hover = await hoverOn(client, part);
    assert.match(textOf(hover), /^\*\*left-pad\*\* no lockfile · .*latest 1\.3\.0/m, part);
    assert.ok(part.startsWith(client.slice(MANIFEST, hover!.range!)), part);
  }
  assert.equal(asked.filter(({ url }) => new URL(url).pathname === '/left-pad').length, 1);
  await client.close();
});

test('a registry that refuses access, has no such package or fails is never fine', async () => {
  for (const [status, words] of [
    [403, /Not checked:\*\* registry data, .*\(the registry gives no access without a credential/],
    [404, /^\*\*Not found\*\*: the public npm registry has no package named "left-pad"/],
    [500, /Not checked:\*\* registry data, .*\(the registry answered with status 500\)/],
  ] as const) {
    const client = await startClient({
      files: { 'package.json': TEXT },
      http: { get: async () => ({ type: 'answer', status, headers: new Map(), body: '{}' }) },
      initializationOptions: { trusted: true },
    });
    await client.open(MANIFEST);
    const card = textOf(await hoverOn(client, 'left-pad'));
    assert.match(card, words);
    assert.doesNotMatch(card, /latest|No known problems/);
    await client.close();
  }
});

test('a cooldown in .npmrc shows its length, and a token does not show its value', async () => {
  const npmrc = `${FOLDER}/.npmrc`;
  const text = 'min-release-age=3\n_auth=bWU6c2VjcmV0\n';
  const client = await startClient({
    files: { 'package.json': '{ "packageManager": "npm@11.19.1" }', '.npmrc': text },
  });
  await client.open(npmrc);
  const hover = await hoverOn(client, 'min-release-age', npmrc);
  assert.equal(client.slice(npmrc, hover!.range!), 'min-release-age=3');
  assert.match(
    textOf(hover),
    /= 3 days; versions published before \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d UTC pass/,
  );
  assert.doesNotMatch(textOf(await hoverOn(client, '_auth', npmrc)), /bWU6c2VjcmV0/);
  await client.close();
});

test('the card says what the files do that install scripts start', async () => {
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { 'left-pad': '^1.3.0' } },
      'node_modules/left-pad': { version: '1.3.0', hasInstallScript: true },
    },
  };
  const client = await startClient({
    files: {
      'package.json': TEXT,
      'package-lock.json': JSON.stringify(lock),
      'node_modules/left-pad/package.json':
        '{ "name": "left-pad", "version": "1.3.0", "scripts": { "install": "node i" } }',
      'node_modules/left-pad/i.js': "require('https');\nrequire('child_process');\n",
    },
  });
  await client.open(MANIFEST);
  assert.match(
    textOf(await hoverOn(client, 'left-pad')),
    /File.*i\.js opens connections \(line 1\), starts programs \(line 2\)/,
  );
  await client.close();
});
