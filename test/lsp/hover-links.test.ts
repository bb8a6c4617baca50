import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { HOVER_COMMANDS } from '../../server/src/lsp/hover-messages.ts';
import { CLIENT_COMMANDS, SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { LEFT_PAD } from '../unit/show/features/updates/registry-documents.ts';
import { PUSHED } from './capabilities.ts';
import { type ClientOptions, FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const LOCKFILE = `${FOLDER}/package-lock.json`;
const FILES = {
  'package.json': '{ "dependencies": { "left-pad": "^1.0.0" } }\n',
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { 'left-pad': '^1.0.0' } },
      'node_modules/left-pad': { version: '1.0.1', dependencies: { wrappy: '^1.0.0' } },
      'node_modules/wrappy': { version: '1.0.2' },
    },
  }),
};

const REGISTRY: HttpPort = {
  get: async () => ({
    type: 'answer',
    status: 200,
    headers: new Map(),
    body: JSON.stringify({ ...LEFT_PAD, name: 'left-pad' }),
  }),
};

interface Link {
  readonly title: string;
  readonly command: string;
  readonly argument: unknown;
}

function linksIn(markdown: string): Link[] {
  const all = markdown.matchAll(/\[([^\]]+)\]\(<command:([^?>]+)\?([^>]*)>\)/g);
  return Array.from(all, ([, title = '', command = '', query = '']) => {
    const [argument] = JSON.parse(decodeURIComponent(query)) as unknown[];
    return { title, command, argument };
  });
}

async function open(options: Partial<ClientOptions> = {}): Promise<TestClient> {
  const client = await startClient({
    files: FILES,
    http: REGISTRY,
    initializationOptions: { trusted: true, hoverCommands: HOVER_COMMANDS },
    ...options,
  });
  await client.open(MANIFEST);
  await client.open(LOCKFILE);
  return client;
}

async function cardOn(client: TestClient, part: string, uri = MANIFEST): Promise<string> {
  const { start: position } = client.rangeOf(uri, part);
  const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  return (hover.contents as MarkupContent).value;
}

const run = (client: TestClient, command: string, ...parameters: unknown[]) =>
  client.connection.sendRequest('workspace/executeCommand', { command, arguments: parameters });

describe('the links of a hover card', () => {
  test('come last: update, pin, why, verify, the lockfile entry, and the page of the package', async () => {
    const client = await open();
    const card = await cardOn(client, '"left-pad"');
    const links = linksIn(card);
    assert.deepEqual(
      links.map(({ title }) => title),
      ['Update to 2.0.0', 'Pin', 'Why', 'Verify', 'Lockfile entry', 'Package page'],
    );
    assert.match(card, /\n\n\[Update[^\n]*$/);
    const question = { package: 'left-pad', version: '1.0.1', uri: MANIFEST };
    const of = (command: string) => links.find((link) => link.command === command)?.argument;
    assert.deepEqual(of(CLIENT_COMMANDS.openPackagePage), question);
    assert.deepEqual(of(CLIENT_COMMANDS.showWhy), question);
    assert.deepEqual(of(CLIENT_COMMANDS.verifyPackage), { package: 'left-pad@1.0.1', uri: MANIFEST });
    const { uri, ...start } = of(CLIENT_COMMANDS.openPlace) as { readonly uri: string };
    assert.deepEqual(start, client.rangeOf(LOCKFILE, '"node_modules/left-pad"').start);
    assert.equal(uri, LOCKFILE);
    await client.close();
  });

  test('are only those whose commands the client trusts, and none where it announces none', async () => {
    const hoverCommands = HOVER_COMMANDS.filter((command) => command !== CLIENT_COMMANDS.openPackagePage);
    const older = await open({ initializationOptions: { trusted: true, hoverCommands } });
    assert.doesNotMatch(await cardOn(older, '"left-pad"'), /Package page/);
    await older.close();
    const other = await open({ initializationOptions: { trusted: true } });
    assert.doesNotMatch(await cardOn(other, '"left-pad"'), /command:|\$\(/);
    await other.close();
  });

  test('change nothing where the client applies no edits, and lead nowhere but there in the lockfile', async () => {
    const capabilities = {
      ...PUSHED,
      textDocument: { ...PUSHED.textDocument, hover: { contentFormat: ['markdown' as const] } },
    };
    const client = await open({ capabilities });
    const titles = async (part: string, uri?: string) =>
      linksIn(await cardOn(client, part, uri)).map(({ title }) => title);
    assert.deepEqual(await titles('"left-pad"'), ['Why', 'Verify', 'Lockfile entry', 'Package page']);
    assert.deepEqual(await titles('"node_modules/wrappy"', LOCKFILE), ['Why', 'Verify', 'Package page']);
    await client.close();
  });

  test('draw the icon of the verdict for a client that has icons', async () => {
    const client = await open({ initializationOptions: { trusted: true, hoverIcons: true } });
    assert.match(await cardOn(client, '"left-pad"'), /^\$\(question\) \*\*Partly checked\*\*/);
    await client.close();
  });

  test('update and pin write what they say', async () => {
    for (const [title, text] of [
      ['Update to 2.0.0', '^2.0.0'],
      ['Pin', '1.0.1'],
    ] as const) {
      const client = await open();
      const link = linksIn(await cardOn(client, '"left-pad"')).find((each) => each.title === title)!;
      await run(client, link.command, link.argument);
      assert.match(client.textOf(MANIFEST), new RegExp(`"left-pad": "${text.replace('^', '\\^')}"`));
      await client.close();
    }
  });

  test('show why a package is installed', async () => {
    const client = await open();
    const of = { package: 'wrappy', version: '1.0.2', uri: LOCKFILE };
    const { title, text } = (await run(client, SERVER_COMMANDS.why, of)) as { title: string; text: string };
    assert.equal(title, 'wrappy 1.0.2');
    assert.match(text, /left-pad 1\.0\.1/);
    const rendered = { ...of, format: 'markdown' };
    const markdown = (await run(client, SERVER_COMMANDS.why, rendered)) as { text: string };
    assert.equal(
      markdown.text,
      [
        '# Why wrappy 1.0.2 is installed',
        '## wrappy 1.0.2',
        'package-lock.json',
        '- .\n  - left-pad 1.0.1 ^1.0.0\n    - **wrappy 1.0.2** ^1.0.0\n',
      ].join('\n\n'),
    );
    assert.deepEqual(await run(client, SERVER_COMMANDS.why, { ...of, package: 'once', version: '1.0.0' }), {
      problem: 'once 1.0.0 is not in the lockfile.',
    });
    await client.close();
  });

  test('write nothing for a request that is wrong, or about a range that changed', async () => {
    const client = await open();
    const before = client.textOf(MANIFEST);
    for (const wrong of [
      undefined,
      'left-pad',
      { uri: MANIFEST, name: 'left-pad' },
      { uri: MANIFEST, name: 'left-pad', declared: '^0.9.0' },
      { uri: 'file:///elsewhere/package.json', name: 'left-pad', declared: '^1.0.0' },
    ]) {
      await run(client, SERVER_COMMANDS.pin, wrong);
    }
    assert.equal(client.messages.length, 5);
    assert.ok(client.messages.every((message) => message.startsWith('Nothing was pinned: ')));
    assert.equal(client.textOf(MANIFEST), before);
    for (const wrong of [undefined, 7, { package: '' }, { package: 'wrappy' }]) {
      assert.deepEqual(await run(client, SERVER_COMMANDS.why, wrong), {
        problem: 'The package is not named.',
      });
    }
    await client.close();
  });
});
