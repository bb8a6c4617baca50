import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CompletionItem, CompletionList, MarkupContent, TextEdit } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { LEFT_PAD } from '../unit/show/features/updates/registry-documents.ts';
import { type Capabilities, COUNTING_BYTES, PULLING } from './capabilities.ts';
import { type ClientOptions, FOLDER, startClient, type TestClient } from './test-client.ts';

function registry(asked: string[]): HttpPort {
  return {
    async get({ url }) {
      const name = decodeURIComponent(new URL(url).pathname.slice(1));
      asked.push(name);
      const status = name === 'left-pad' ? 200 : 404;
      return { type: 'answer', status, headers: new Map(), body: JSON.stringify({ ...LEFT_PAD, name }) };
    },
  };
}

/** Returns the list at the `|` of a text, and the text after applying one of its items. */
async function complete(
  marked: string,
  {
    path = 'package.json',
    files = {},
    asked = [] as string[],
    resolved = [] as CompletionItem[],
    ...options
  }: Partial<ClientOptions> & {
    readonly path?: string;
    readonly asked?: string[];
    /** Receives the first three items of the list, described. */
    readonly resolved?: CompletionItem[];
  } = {},
) {
  const uri = `${FOLDER}/${path}`;
  const before = marked.slice(0, marked.indexOf('|'));
  const text = before + marked.slice(before.length + 1);
  const client: TestClient = await startClient({
    files: { ...files, [path]: text },
    initializationOptions: { trusted: true },
    http: registry(asked),
    ...options,
  });
  await client.open(uri);
  const line = before.split('\n').length - 1;
  const last = before.split('\n').at(-1)!;
  const isBytes = client.initialized.capabilities.positionEncoding === 'utf-8';
  const position = { line, character: isBytes ? Buffer.byteLength(last) : last.length };
  const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri },
    position,
  });
  const items = list?.items ?? [];
  for (const item of items.slice(0, 3)) {
    resolved.push(await client.connection.sendRequest<CompletionItem>('completionItem/resolve', item));
  }
  await client.close();
  return {
    items,
    labels: items.map(({ label }) => label),
    after(label: string) {
      const edit = items.find((item) => item.label === label)?.textEdit as TextEdit;
      assert.ok(edit, `${label} is not among ${items.map((item) => item.label).join()}`);
      client.apply({ changes: { [uri]: [edit] } });
      return client.textOf(uri);
    },
  };
}

const detail = (item: CompletionItem | undefined) => item?.detail ?? item?.labelDetails?.description;

const SNIPPETS: Capabilities = {
  ...PULLING,
  textDocument: {
    ...PULLING.textDocument,
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        tagSupport: { valueSet: [1] },
        documentationFormat: ['markdown', 'plaintext'],
      },
    },
  },
};

describe('completions', () => {
  test('of versions, for a name that is complete', async () => {
    const asked: string[] = [];
    const { items, labels, after } = await complete('{ "dependencies": { "left-pad": "|" } }', { asked });
    assert.deepEqual(labels.slice(0, 3), ['^2.0.0', '~2.0.0', '2.0.0']);
    assert.equal(detail(items[0]), '7 months ago');
    assert.equal(after('^2.0.0'), '{ "dependencies": { "left-pad": "^2.0.0" } }');
    assert.deepEqual(asked, ['left-pad']);
  });

  test('what is typed stays where the client compares it: quotes and all', async () => {
    const { items, after } = await complete('{ "dependencies": { "é": "1", "left-pad": "~1|.0" } }', {
      capabilities: COUNTING_BYTES,
    });
    assert.ok(items.every(({ filterText }) => filterText?.startsWith('"~1')));
    assert.equal(after('~1.2.0'), '{ "dependencies": { "é": "1", "left-pad": "~1.2.0" } }');
  });

  test('of names, without a request to anybody', async () => {
    const asked: string[] = [];
    const typed = await complete('{ "dependencies": {\n  "lodas|"\n} }', { asked });
    assert.equal(typed.labels[0], 'lodash');
    assert.equal(typed.after('lodash'), '{ "dependencies": {\n  "lodash": ""\n} }');
    const secret = await complete('{ "dependencies": { "our-secret-na|": "" } }', { asked });
    assert.deepEqual(secret.labels, []);
    const own = await complete('{ "name": "lodash-of-ours", "dependencies": { "lodash-of|": "" } }', {
      asked,
    });
    assert.deepEqual(own.labels, []);
    const alias = await complete('{ "dependencies": { "a": "npm:lodas|" } }', { asked });
    assert.equal(alias.labels[0], 'npm:lodash@');
    assert.deepEqual(asked, []);
  });

  test('as a snippet, for a client that has them', async () => {
    const { items } = await complete('{ "dependencies": { "lodas|" } }', { capabilities: SNIPPETS });
    assert.equal((items[0]!.textEdit as TextEdit).newText, '"lodash": "$0"');
    assert.equal(items[0]?.insertTextFormat, 2);
    assert.match(items[0]?.labelDetails?.description ?? '', /downloads\/month/);
  });

  test('the list of versions opens after a name, where the client has a command for that', async () => {
    const commandOf = async (marked: string, commands = ['editor.action.triggerSuggest']) => {
      const initializationOptions = { trusted: true, commands };
      const { items } = await complete(marked, { capabilities: SNIPPETS, initializationOptions });
      return items[0]?.command?.command;
    };
    const opens = 'editor.action.triggerSuggest';
    assert.equal(await commandOf('{ "dependencies": { "lodas|" } }'), opens);
    assert.equal(await commandOf('{ "dependencies": { "a": "npm:lodas|" } }'), opens);
    assert.equal(await commandOf('{ "dependencies": { "lodas|": "1" } }'), undefined);
    assert.equal(await commandOf('{ "dependencies": { "lodas|" } }', []), undefined);
    assert.equal(await commandOf('{ "dependencies": { "left-pad": "|" } }'), undefined);
    const used = '{ "dependencies": { "lodash": "1" }, "devDependencies": { "lodas|" } }';
    assert.equal(await commandOf(used), undefined);
  });

  test('of an alias leave the cursor before the quote', async () => {
    const { items } = await complete('{ "dependencies": { "a": "npm:lodas|" } }', { capabilities: SNIPPETS });
    assert.equal((items[0]!.textEdit as TextEdit).newText, '"npm:lodash@$0"');
  });

  test('are described when they are looked at: a version from its registry, a name without asking it', async () => {
    const asked: string[] = [];
    const versions: CompletionItem[] = [];
    const options = { asked, capabilities: SNIPPETS };
    await complete('{ "dependencies": { "left-pad": "|" } }', { ...options, resolved: versions });
    assert.deepEqual(asked, ['left-pad']);
    const { kind, value } = versions[0]!.documentation as MarkupContent;
    assert.equal(kind, 'markdown');
    assert.match(value, /^\*\*left-pad\*\* 2\.0\.0\n\n\*\*Published:\*\* 1 Apr 2026/);
    const names: CompletionItem[] = [];
    await complete('{ "dependencies": { "lodas|" } }', { ...options, resolved: names });
    assert.match(JSON.stringify(names[0]?.documentation), /Downloads.*Not checked.*versions until chosen/);
    assert.deepEqual(asked, ['left-pad']);
  });

  test('that name nothing stay as they are', async () => {
    const client = await startClient({ files: { 'package.json': '{}' } });
    for (const data of [undefined, 7, { uri: 1 }, { uri: 'file:///gone/package.json', name: 'x' }]) {
      const item = { label: 'x', ...(data === undefined ? {} : { data }) };
      assert.deepEqual(await client.connection.sendRequest('completionItem/resolve', item), item);
    }
    await client.close();
  });

  test('in catalogs', async () => {
    const files = { 'package.json': '{ "name": "shop", "packageManager": "pnpm@10.0.0" }' };
    const options = { files, path: 'pnpm-workspace.yaml' };
    const value = await complete('catalog:\n  left-pad: |\n', options);
    assert.equal(value.after('^2.0.0'), 'catalog:\n  left-pad: ^2.0.0\n');
    const name = await complete('catalog:\n  lodas|\n', options);
    assert.equal(name.after('lodash'), 'catalog:\n  lodash: \n');
  });

  test('private names, members and untrusted folders: what the project knows, and why there is no more', async () => {
    const asked: string[] = [];
    const files = { 'dependency-hygiene.json': '{ "privateScopes": [{ "scope": "@acme" }] }' };
    const secret = await complete('{ "dependencies": { "@acme/ui": "|" } }', { asked, files });
    assert.deepEqual(secret.labels, ['versions of @acme/ui unknown']);
    assert.match(detail(secret.items[0]) ?? '', /private scope/);
    const member = await complete('{ "workspaces": ["ui"], "dependencies": { "ui": "|" } }', {
      asked,
      files: { 'ui/package.json': '{ "name": "ui" }' },
    });
    assert.deepEqual(member.labels, ['*']);
    const untrusted = await complete('{ "dependencies": { "left-pad": "^|" } }', {
      asked,
      initializationOptions: {},
    });
    assert.equal(detail(untrusted.items[0]), 'this folder is not trusted');
    assert.equal(untrusted.after('versions of left-pad unknown'), '{ "dependencies": { "left-pad": "^" } }');
    assert.deepEqual(asked, []);
  });

  test('a registry that does not answer in time does not hold the list up', async () => {
    const { items } = await complete('{ "dependencies": { "left-pad": "|" } }', {
      http: { get: () => new Promise(() => undefined) },
      impatient: true,
    });
    assert.deepEqual(items.map(detail), ['its registry has not answered yet']);
  });

  test('nowhere else', async () => {
    assert.deepEqual((await complete('{ "name": "|" }')).labels, []);
    assert.deepEqual((await complete('registry=|', { path: '.npmrc' })).labels, []);
  });
});

test('of settings, in a line of .npmrc that is being typed', async () => {
  const files = { 'package.json': '{ "packageManager": "npm@11.19.1" }\n' };
  const keys = await complete('fund=false\nmin-rel|\n', { path: '.npmrc', files });
  assert.deepEqual(keys.labels, ['min-release-age', 'min-release-age-exclude']);
  assert.equal(detail(keys.items[0]), 'number');
  assert.equal(keys.after('min-release-age'), 'fund=false\nmin-release-age=\n');
  const values = await complete('min-release-age=|\n', { path: '.npmrc', files });
  assert.equal(detail(values.items[0]), '3 days');
  assert.equal(values.after('3'), 'min-release-age=3\n');
});

test('a name that looks like a popular one comes last, with its warning, also where the project uses it', async () => {
  const { items, labels } = await complete('{ "workspaces": ["site"], "dependencies": { "reac|": "" } }\n', {
    files: { 'site/package.json': '{ "name": "site", "dependencies": { "reacct": "^18.3.0" } }\n' },
  });
  assert.ok(labels.indexOf('react') < labels.indexOf('reacct'));
  assert.equal(labels.at(-1), 'reacct');
  assert.match(JSON.stringify(items.at(-1)), /not react\?/);
});
