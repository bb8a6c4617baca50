import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DocumentLink, InsertTextFormat } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { CHECKED_NAMES, SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { assertHarmless, HOSTILE, hostilePackument, hostileProject } from '../hostile-text.ts';
import { type Capabilities, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const FILES = hostileProject();
const OWN_COMMANDS = [
  'openRulePage',
  'copyCommand',
  'verifyPackage',
  'openPackagePage',
  'respondToMalware',
  'setScopeRegistry',
  'ignoreFinding',
];

const registry: HttpPort = {
  async get({ url }) {
    const name = url.slice(url.lastIndexOf('/') + 1);
    return { type: 'answer', status: 200, headers: new Map(), body: JSON.stringify(hostilePackument(name)) };
  },
};

const RICH: Capabilities = {
  ...PULLING,
  textDocument: {
    ...PULLING.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentLink: { tooltipSupport: true },
    completion: {
      completionItem: { labelDetailsSupport: true, snippetSupport: true, tagSupport: { valueSet: [1] } },
    },
    codeLens: {},
    inlayHint: {},
  },
};

/** Members that are not shown, but belong to the document or are returned. */
const EXACT = new Set([
  ...[
    'newText',
    'filterText',
    'sortText',
    'data',
    'arguments',
    'uri',
    'target',
    'href',
    'resultId',
    'changes',
  ],
]);

/** Yields every text of a message with its place. */
function* shownTexts(
  value: unknown,
  path: string,
  key: string,
  inMarkup = false,
): Iterable<[string, string, boolean]> {
  if (typeof value === 'string')
    yield [
      path,
      value,
      inMarkup || key === 'text' || path.endsWith('logMessage.message') || path === 'answer.result',
    ];
  else if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* shownTexts(item, `${path}[${at}]`, key);
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value))
      if (!EXACT.has(name))
        yield* shownTexts(item, `${path}.${name}`, name, name === 'value' && 'kind' in value);
}

async function runAll(capabilities: Capabilities, trusted: boolean): Promise<number> {
  let texts = 0;
  const wrong: string[] = [];
  const client = await startClient({
    files: FILES,
    capabilities,
    http: registry,
    impatient: true,
    settings: { watch: true, updateHints: 'inlayHints' },
    initializationOptions: {
      ...{ trusted, status: true, log: true },
      commands: OWN_COMMANDS.map((name) => `dependencyHygiene.${name}`),
    },
    sent(message) {
      const { method = 'answer', params, result, error } = message as unknown as Record<string, never>;
      for (const [path, text, lines] of shownTexts({ params, result, error }, method, '')) {
        texts++;
        try {
          assertHarmless(text, path, { lines });
        } catch (error) {
          wrong.push((error as Error).message);
        }
      }
    },
  });
  const { connection } = client;
  const ask = <T>(method: string, params: object) => connection.sendRequest<T | null>(method, params);
  const command = (name: string, ...args: unknown[]) =>
    ask('workspace/executeCommand', { command: name, arguments: args });
  await command(SERVER_COMMANDS.checkWorkspace);
  for (const [path, text] of Object.entries(FILES)) {
    if (!CHECKED_NAMES.includes(path.split('/').at(-1)!)) continue;
    const uri = `${FOLDER}/${path}`;
    const textDocument = { uri };
    await client.open(uri);
    const lines = text.split('\n');
    const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    if (capabilities !== PUSHED) await client.pull(uri);
    const context = { diagnostics: [], triggerKind: 1 };
    await ask('textDocument/codeAction', { textDocument, range: whole, context });
    await ask('textDocument/documentSymbol', { textDocument });
    await ask('textDocument/inlayHint', { textDocument, range: whole });
    await ask('textDocument/codeLens', { textDocument });
    const links = (await ask<DocumentLink[]>('textDocument/documentLink', { textDocument })) ?? [];
    for (const link of links.slice(0, 5)) await ask('documentLink/resolve', link);
    for (const [line, content] of lines.slice(0, 40).entries()) {
      const places = [...content.matchAll(/"[^"]/g)].slice(0, 2).map(({ index }) => index + 1);
      for (const character of places) {
        const at = { textDocument, position: { line, character } };
        await ask('textDocument/hover', at);
        if (character !== places.at(-1)) continue;
        await ask('textDocument/completion', at);
        await ask('textDocument/definition', at);
        await ask('textDocument/references', { ...at, context: { includeDeclaration: true } });
      }
    }
    await connection.sendNotification('textDocument/didClose', { textDocument });
  }
  const uri = `${FOLDER}/package.json`;
  await command(SERVER_COMMANDS.privacy);
  await command(SERVER_COMMANDS.verify, { package: 'left-pad', uri });
  await command(SERVER_COMMANDS.verify, { package: HOSTILE, uri });
  await command(SERVER_COMMANDS.update, { scope: 'workspace', level: 'major' });
  await command(SERVER_COMMANDS.update, {
    scope: 'range',
    uri,
    name: HOSTILE,
    declared: HOSTILE,
    version: HOSTILE,
  });
  await command(SERVER_COMMANDS.writeScopeRegistry, { uri, scope: '@acme', registry: `https://${HOSTILE}/` });
  await command(SERVER_COMMANDS.respondToMalware, { package: HOSTILE, version: HOSTILE, uri });
  await command(SERVER_COMMANDS.respondToMalware);
  await command(SERVER_COMMANDS.listScripts);
  await command(SERVER_COMMANDS.listDependencies);
  const packages = [{ package: HOSTILE, version: HOSTILE }];
  await command(SERVER_COMMANDS.decideScripts, { type: 'approve', uri, packages });
  await client.close();
  assert.deepEqual(wrong, []);
  return texts;
}

for (const [label, capabilities, trusted] of [
  ['a client that pulls, with registries asked', RICH, true],
  ['a client that is sent diagnostics', PUSHED, false],
] as const) {
  test(`nothing that is shown by ${label} is obeyed`, async () => {
    assert.ok((await runAll(capabilities, trusted)) > 2_000);
  });
}

test('what is written into the document stays exact', async () => {
  const name = 'a\u202eb';
  const text = `{\n  "dependencies": {\n    "${name}": "*"\n  }\n}\n`;
  const client = await startClient({ files: { 'package.json': text } });
  const uri = `${FOLDER}/package.json`;
  await client.open(uri);
  const range = client.rangeOf(uri, '"*"');
  const actions = await client.actions(uri, range);
  for (const { edit } of actions) if (edit !== undefined) client.apply(edit);
  const { items } = await client.connection.sendRequest<{
    items: { label: string; insertTextFormat?: number }[];
  }>('textDocument/completion', { textDocument: { uri }, position: client.rangeOf(uri, name).start });
  for (const { insertTextFormat } of items) assert.notEqual(insertTextFormat, InsertTextFormat.Snippet);
  assert.ok(client.textOf(uri).includes(name));
  await client.close();
});
