import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DocumentLink,
  DocumentSymbol,
  InlayHint,
  InlayHintLabelPart,
  Location,
  LocationLink,
  SymbolInformation,
} from 'vscode-languageserver/node';
import { type Capabilities, COUNTING_BYTES, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const LOCKFILE = `${FOLDER}/yarn.lock`;
const FILES = {
  'package.json': '{ "name": "𝒮", "dependencies": { "é": "1", "once": "^1.4.0" } }\n',
  'yarn.lock': `# yarn lockfile v1


"é@1":
  version "1.0.0"

once@^1.4.0:
  version "1.4.0" # 𝒮
  resolved "https://registry.example.test/once/-/once-1.4.0.tgz#583b1aa775961d4b113ac17d9c50baef9dd76bd1"
  dependencies:
    wrappy "1"

wrappy@1:
  version "1.0.2"
`,
};

/** A client with all navigation capabilities, as VS Code has them. */
const NAVIGATING: Capabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, inlayHint: { refreshSupport: true } },
  textDocument: {
    ...PULLING.textDocument,
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentLink: { tooltipSupport: true },
  },
};

const at = (client: TestClient, uri: string, part: string) => ({
  textDocument: { uri },
  position: client.rangeOf(uri, part).start,
});
const of = (uri: string) => ({ textDocument: { uri } });
const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

test('what the server can do is announced', async () => {
  const client = await startClient({ files: FILES });
  const { capabilities } = client.initialized;
  assert.equal(capabilities.definitionProvider, true);
  assert.equal(capabilities.referencesProvider, true);
  assert.deepEqual(capabilities.documentLinkProvider, { resolveProvider: true });
  assert.ok(capabilities.documentSymbolProvider);
  assert.ok(capabilities.inlayHintProvider);
  await client.close();
});

for (const [name, capabilities] of [
  ['in UTF-16', NAVIGATING],
  ['in bytes', { ...NAVIGATING, general: COUNTING_BYTES.general! }],
] as const) {
  test(`${name}: from a manifest to the lockfile, on to an edge's entry, and back`, async () => {
    const client = await startClient({ files: FILES, capabilities });
    await client.open(MANIFEST);
    const [link] = await client.connection.sendRequest<LocationLink[]>(
      'textDocument/definition',
      at(client, MANIFEST, '"once"'),
    );
    assert.equal(link!.targetUri, LOCKFILE);
    assert.equal(client.slice(MANIFEST, link!.originSelectionRange!), '"once"');
    assert.equal(client.slice(LOCKFILE, link!.targetSelectionRange), 'once@^1.4.0');
    assert.match(client.slice(LOCKFILE, link!.targetRange), /^once@[\s\S]*wrappy "1"$/);

    const [edge] = await client.connection.sendRequest<LocationLink[]>(
      'textDocument/definition',
      at(client, LOCKFILE, 'wrappy "1"'),
    );
    assert.equal(client.slice(LOCKFILE, edge!.targetSelectionRange), 'wrappy@1');

    const found = await client.connection.sendRequest<Location[]>('textDocument/references', {
      ...at(client, LOCKFILE, 'once@^1.4.0'),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      found.map(({ uri, range }) => `${uri.slice(FOLDER.length + 1)} ${client.slice(uri, range)}`),
      ['yarn.lock once@^1.4.0', 'package.json "once"'],
    );
    await client.close();
  });

  test(`${name}: hints stand behind ranges, with the place of the entry`, async () => {
    const client = await startClient({ files: FILES, capabilities, settings: { updateHints: 'off' } });
    await client.open(MANIFEST);
    const hints = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      ...of(MANIFEST),
      range: EVERYTHING,
    });
    const shown = hints.map(({ position, label }) => {
      const start = { line: 0, character: 0 };
      const [part] = label as InlayHintLabelPart[];
      const { location, value } = part!;
      return [
        client.slice(MANIFEST, { start, end: position }).slice(-8),
        value,
        client.slice(location!.uri, location!.range),
      ];
    });
    assert.deepEqual(shown, [
      ['é": "1",', '1.0.0', '"é@1"'],
      ['"^1.4.0"', '1.4.0', 'once@^1.4.0'],
    ]);
    await client.close();
  });
}

test('a client without links between places gets the place alone', async () => {
  const client = await startClient({ files: FILES, capabilities: PUSHED });
  const place = await client.connection.sendRequest<Location>(
    'textDocument/definition',
    at(client, MANIFEST, '"once"'),
  );
  assert.equal(place.uri, LOCKFILE);
  assert.equal(client.slice(LOCKFILE, place.range), 'once@^1.4.0');
  await client.close();
});

test('the outline of a lockfile, nested or flat as the client can show it, and none of other files', async () => {
  for (const capabilities of [NAVIGATING, PUSHED]) {
    const client = await startClient({ files: FILES, capabilities });
    const symbols = await client.connection.sendRequest<(DocumentSymbol | SymbolInformation)[]>(
      'textDocument/documentSymbol',
      of(LOCKFILE),
    );
    const names = symbols.map((symbol) =>
      'selectionRange' in symbol
        ? `${symbol.name} | ${symbol.detail} | ${client.slice(LOCKFILE, symbol.selectionRange)}`
        : `${symbol.name} | ${client.slice(LOCKFILE, symbol.location.range).split('\n')[0]}`,
    );
    assert.deepEqual(
      names,
      capabilities === NAVIGATING
        ? ['é | 1.0.0 | "é@1"', 'once | 1.4.0 | once@^1.4.0', 'wrappy | 1.0.2 | wrappy@1']
        : ['é 1.0.0 | "é@1":', 'once 1.4.0 | once@^1.4.0:', 'wrappy 1.0.2 | wrappy@1:'],
    );
    assert.equal(await client.connection.sendRequest('textDocument/documentSymbol', of(MANIFEST)), null);
    await client.close();
  }
});

test('a link is resolved from the text as it is then', async () => {
  const client = await startClient({ files: FILES, capabilities: NAVIGATING });
  await client.open(LOCKFILE);
  const links = await client.connection.sendRequest<DocumentLink[]>(
    'textDocument/documentLink',
    of(LOCKFILE),
  );
  assert.equal(links.length, 1);
  const [link] = links;
  assert.match(client.slice(LOCKFILE, link!.range), /^https:.*\w$/);
  assert.equal(link!.target, undefined);
  assert.equal(link!.tooltip, 'once-1.4.0.tgz from registry.example.test');
  const resolve = (asked: unknown) =>
    client.connection.sendRequest<DocumentLink>('documentLink/resolve', asked);
  assert.equal((await resolve(link)).target, 'https://registry.example.test/once/-/once-1.4.0.tgz');

  const scheme = client.textOf(LOCKFILE).indexOf('https:');
  await client.edit(LOCKFILE, scheme, scheme + 'https:'.length, 'command:');
  assert.equal((await resolve(link)).target, undefined);
  for (const data of [undefined, null, 7, { uri: 7 }, { uri: 'file:///elsewhere/yarn.lock', start: 3 }]) {
    assert.equal((await resolve({ ...link, data })).target, undefined);
  }
  assert.deepEqual(client.logged, []);
  await client.close();
});

test('hints follow the lockfile and the setting, and the client is told to ask again', async () => {
  const client = await startClient({
    files: FILES,
    capabilities: NAVIGATING,
    settings: { updateHints: 'off' },
  });
  const hints = () =>
    client.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', {
      ...of(MANIFEST),
      range: EVERYTHING,
    });
  await client.open(MANIFEST);
  await client.open(LOCKFILE);
  assert.equal((await hints())!.length, 2);

  const version = client.textOf(LOCKFILE).indexOf('1.4.0"');
  await client.edit(LOCKFILE, version, version + 5, '1.4.1');
  await client.pull(LOCKFILE);
  await client.until(() => client.hintRefreshes === 1);
  const [, once] = (await hints())!;
  assert.equal((once!.label as InlayHintLabelPart[])[0]!.value, '1.4.1');

  client.settings = { inlayHints: false, updateHints: 'off' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.hintRefreshes === 2);
  assert.equal(await hints(), null);
  client.settings = { updateHints: 'off' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.hintRefreshes === 3);
  assert.equal((await hints())!.length, 2);
  await client.close();
});
