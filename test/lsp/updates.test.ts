import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeAction, CodeLens, InlayHint, InlayHintLabelPart } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import type { UpdateResult } from '../../server/src/lsp/messages.ts';
import { LEFT_PAD } from '../unit/show/features/updates/registry-documents.ts';
import { type Capabilities, PULLING } from './capabilities.ts';
import { type ClientOptions, FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TEXT =
  '{\n  "name": "shop",\n  "dependencies": {\n    "left-pad": "^1.0.0",\n    "right-pad": "~1.0.0"\n  }\n}\n';
const UPDATES = 'refactor.rewrite.dependencyHygiene.update';

const CAPABILITIES: Capabilities = {
  ...PULLING,
  workspace: {
    ...PULLING.workspace,
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    ...PULLING.textDocument,
    codeAction: { ...PULLING.textDocument?.codeAction, disabledSupport: true },
  },
};

interface Registry extends HttpPort {
  readonly asked: string[];
  /** Releases pending answers. */
  open(): void;
}

/** Returns a registry that has left-pad and right-pad, and answers when it is opened. */
function registry(): Registry {
  const asked: string[] = [];
  const gate: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  return {
    asked,
    open: () => gate.open!(),
    async get({ url }) {
      const name = new URL(url).pathname.slice(1);
      asked.push(name);
      await opened;
      const status = ['left-pad', 'right-pad'].includes(name) ? 200 : 404;
      return { type: 'answer', status, headers: new Map(), body: JSON.stringify({ ...LEFT_PAD, name }) };
    },
  };
}

function start(http: HttpPort, options: Partial<ClientOptions> = {}): Promise<TestClient> {
  return startClient({
    files: { 'package.json': TEXT },
    capabilities: CAPABILITIES,
    initializationOptions: { trusted: true },
    http,
    ...options,
  });
}

async function hintsIn(client: TestClient, uri = MANIFEST): Promise<readonly InlayHint[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const params = { textDocument: { uri }, range };
  return (await client.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', params)) ?? [];
}

const partsOf = ({ label }: InlayHint) => label as InlayHintLabelPart[];
const labels = (hints: readonly InlayHint[]) =>
  hints.map((hint) =>
    partsOf(hint)
      .map(({ value }) => value)
      .join(''),
  );

async function lensesIn(client: TestClient): Promise<readonly CodeLens[]> {
  const params = { textDocument: { uri: MANIFEST } };
  return (await client.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', params)) ?? [];
}

/** Requests again each time the server reports a change. */
async function untilShown<T>(
  client: TestClient,
  count: number,
  ask: (client: TestClient) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  for (;;) {
    const refreshes = () => client.hintRefreshes + client.lensRefreshes;
    const before = refreshes();
    const found = await ask(client);
    if (found.length >= count) return found;
    await client.until(() => refreshes() > before);
  }
}

function execute(client: TestClient, argument: unknown): Promise<UpdateResult> {
  return client.connection.sendRequest('workspace/executeCommand', {
    command: 'dependencyHygiene.server.update',
    arguments: [argument],
  });
}

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

describe('hints of newer versions', () => {
  test('come when the registry has answered, and nothing waits for it', async () => {
    const http = registry();
    const client = await start(http);
    await client.open(MANIFEST);
    assert.deepEqual(labels(await hintsIn(client)), []);
    assert.ok((await client.pull(MANIFEST)).items !== undefined);
    http.open();
    const hints = await untilShown(client, 2, (each) => hintsIn(each));
    assert.deepEqual(labels(hints), [
      'in range 1.2.0 · newest 2.0.0 · 2.1.0 in cooldown',
      'in range 1.0.1 · newest 2.0.0 · 2.1.0 in cooldown',
    ]);
    assert.deepEqual(http.asked.toSorted(), ['left-pad', 'right-pad']);
    await client.close();
  });

  test('a click writes the version', async () => {
    const http = registry();
    http.open();
    const client = await start(http);
    await client.open(MANIFEST);
    const hints = await untilShown(client, 2, (each) => hintsIn(each));
    const [inRange, , latest, , waits] = partsOf(hints[0]!);
    assert.equal(waits?.command, undefined);
    await execute(client, latest!.command!.arguments![0]);
    assert.equal(client.textOf(MANIFEST), TEXT.replace('"^1.0.0"', '"^2.0.0"'));
    // By now the text has changed.
    const at = TEXT.indexOf('^1.0.0');
    await client.edit(MANIFEST, at, at + 6, '^1.0.1');
    const late = await execute(client, inRange!.command!.arguments![0]);
    assert.equal(late.updated, 0);
    assert.deepEqual(client.messages, ['There is nothing to update.']);
    await client.close();
  });

  test('say why they are not there, offline and where the folder is not trusted', async () => {
    const http = registry();
    const untrusted = await start(http, { initializationOptions: {} });
    await untrusted.open(MANIFEST);
    assert.deepEqual(labels(await hintsIn(untrusted)), ['updates not checked: untrusted']);
    await untrusted.close();
    const offline = await start(http, { settings: { online: false } });
    await offline.open(MANIFEST);
    assert.deepEqual(labels(await hintsIn(offline)), ['updates not checked: offline']);
    await offline.close();
    assert.deepEqual(http.asked, []);
  });

  test('are code lenses, or nothing, where the setting says so', async () => {
    const http = registry();
    http.open();
    const client = await start(http, { settings: { updateHints: 'off' } });
    await client.open(MANIFEST);
    assert.deepEqual([await hintsIn(client), await lensesIn(client)], [[], []]);
    assert.deepEqual(http.asked, []);
    const before = client.lensRefreshes;
    client.settings = { updateHints: 'codeLens' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.lensRefreshes > before);
    const lenses = await untilShown(client, 6, lensesIn);
    assert.deepEqual(
      lenses.slice(0, 3).map(({ command }) => [command?.title, command?.command]),
      [
        ['in range 1.2.0', 'dependencyHygiene.server.update'],
        ['newest 2.0.0', 'dependencyHygiene.server.update'],
        ['2.1.0 in cooldown', ''],
      ],
    );
    assert.equal(client.slice(MANIFEST, lenses[0]!.range), '"left-pad": "^1.0.0"');
    assert.deepEqual(await hintsIn(client), []);
    await client.close();
  });
});

describe('code actions for updates', () => {
  test('of a whole file name the file of the catalog, if they change that', async () => {
    const http = registry();
    http.open();
    const text = JSON.stringify({
      name: 'shop',
      packageManager: 'pnpm@10.0.0',
      dependencies: { 'left-pad': 'catalog:', 'right-pad': 'catalog:' },
    });
    const catalog = 'catalog:\n  left-pad: ^1.0.0\n  right-pad: ^1.0.0\n';
    const client = await start(http, { files: { 'package.json': text, 'pnpm-workspace.yaml': catalog } });
    await client.open(MANIFEST);
    await untilShown(client, 2, (each) => hintsIn(each));
    const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"left-pad"'));
    assert.deepEqual(titles(actions.filter(({ title }) => title.includes('ranges in'))), [
      'Update 2 ranges in pnpm-workspace.yaml (patch only)',
      'Update 2 ranges in pnpm-workspace.yaml (minor and patch)',
      'Update 2 ranges in pnpm-workspace.yaml (major too)',
    ]);
    await client.close();
  });

  test('one for each level at the dependency, and those of the whole file', async () => {
    const http = registry();
    http.open();
    const client = await start(http);
    await client.open(MANIFEST);
    await untilShown(client, 2, (each) => hintsIn(each));
    const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"left-pad"'));
    const ofFile = [
      'Update 2 ranges in package.json (patch only)',
      'Update 2 ranges in package.json (minor and patch)',
      'Update 2 ranges in package.json (major too)',
    ];
    assert.deepEqual(titles(actions.filter(({ kind }) => kind === UPDATES)), [
      'Update left-pad to ^1.0.1 (patch)',
      'Update left-pad to ^1.2.0 (minor)',
      'Update left-pad to ^2.0.0 (major)',
      ...ofFile,
    ]);
    const among = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"dependencies"'), [UPDATES]);
    assert.deepEqual(titles(among), [
      ...ofFile,
      'Update all in the workspace (patch only)',
      'Update all in the workspace (minor and patch)',
      'Update all in the workspace (major too)',
    ]);
    const elsewhere = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"name"'));
    assert.deepEqual(
      elsewhere.filter(({ kind }) => kind === UPDATES),
      [],
    );
    client.apply(actions.find(({ title }) => title.includes('^1.2.0'))!.edit!);
    assert.equal(client.textOf(MANIFEST), TEXT.replace('"^1.0.0"', '"^1.2.0"'));
    await client.close();
  });

  test('what the fix of a rule writes is not offered once more', async () => {
    const http = registry();
    http.open();
    const client = await start(http);
    await client.open(MANIFEST);
    await untilShown(client, 2, (each) => hintsIn(each));
    const at = client.rangeOf(MANIFEST, '"^1.0.0"');
    const offered = async () => {
      const actions = await client.actions(MANIFEST, at);
      const ofOne = actions.filter(({ title }) => /^(?:Replace with|Update) \S*left-pad/.test(title));
      const edits = ofOne.map(({ edit }) => JSON.stringify(edit));
      assert.equal(new Set(edits).size, edits.length);
      return titles(ofOne);
    };
    // Without a squiggle: the rule is in the preset "all" alone.
    assert.deepEqual(await offered(), [
      'Update left-pad to ^1.0.1 (patch)',
      'Update left-pad to ^1.2.0 (minor)',
      'Update left-pad to ^2.0.0 (major)',
    ]);
    client.settings = { preset: 'all' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await offered(), [
      'Update left-pad to ^2.0.0 (major)',
      'Update left-pad to ^1.0.1 (patch)',
      'Update left-pad to ^1.2.0 (minor)',
    ]);
    await client.close();
  });

  test('while the registry has not answered, all of the file are offered, and counted later', async () => {
    const client = await start(registry(), { impatient: true });
    await client.open(MANIFEST);
    const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"left-pad"'));
    assert.deepEqual(
      actions.filter(({ kind }) => kind === UPDATES).map(({ title, disabled }) => [title, disabled?.reason]),
      [
        ['Update left-pad', 'The registry of left-pad has not answered yet.'],
        ['Update all in package.json (patch only)', undefined],
        ['Update all in package.json (minor and patch)', undefined],
        ['Update all in package.json (major too)', undefined],
      ],
    );
    await client.close();
  });

  test('all of a file, by level, with a word on what could not be checked', async () => {
    const http = registry();
    http.open();
    const text = TEXT.replace('"right-pad"', '"@acme/ui": "^1.0.0",\n    "right-pad"');
    const client = await start(http, {
      files: {
        'package.json': text,
        'dependency-hygiene.json': '{ "privateScopes": [{ "scope": "@acme" }] }',
      },
    });
    await client.open(MANIFEST);
    const result = await execute(client, { scope: 'file', uri: MANIFEST, level: 'minor' });
    assert.equal(client.textOf(MANIFEST), text.replace('"^1.0.0",', '"^1.2.0",').replace('~1.0.0', '~1.2.0'));
    assert.equal(result.updated, 2);
    assert.match(
      result.message,
      /^Updated 2 ranges in package\.json, minor and patch\. Not checked: @acme\/ui \(/,
    );
    assert.deepEqual(client.messages, [result.message]);
    await client.close();
  });

  test('all of the workspace, where the value lives', async () => {
    const http = registry();
    http.open();
    const client = await start(http, {
      files: {
        'package.json': '{ "name": "shop", "packageManager": "pnpm@10.0.0" }',
        'pnpm-workspace.yaml': "packages: ['packages/*']\ncatalog:\n  left-pad: ^1.0.0\n",
        'packages/a/package.json': '{ "name": "a", "dependencies": { "left-pad": "catalog:" } }',
        'packages/b/package.json':
          '{ "name": "b", "dependencies": { "left-pad": "catalog:", "right-pad": "1.0.0", "a": "workspace:^" } }',
        'other/package.json': '{ "name": "other", "dependencies": { "right-pad": "^1.0.0" } }',
        'other/package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
      },
    });
    const result = await execute(client, { scope: 'workspace', level: 'major' });
    assert.equal(result.message, 'Updated 3 ranges in 3 files, major too.');
    assert.match(client.textOf(`${FOLDER}/pnpm-workspace.yaml`), /left-pad: \^2\.0\.0\n/);
    assert.match(client.textOf(`${FOLDER}/packages/a/package.json`), /"left-pad": "catalog:"/);
    assert.match(
      client.textOf(`${FOLDER}/packages/b/package.json`),
      /"right-pad": "2\.0\.0", "a": "workspace:\^"/,
    );
    assert.match(client.textOf(`${FOLDER}/other/package.json`), /"right-pad": "\^2\.0\.0"/);
    await client.close();
  });

  test('say why there are none, to those who can show it', async () => {
    const client = await start(registry(), { settings: { online: false } });
    await client.open(MANIFEST);
    const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"left-pad"'), [UPDATES]);
    assert.deepEqual(
      actions.map(({ title, disabled }) => [title, disabled?.reason]),
      [['Update left-pad', 'Newer versions of left-pad are not known: offline.']],
    );
    await client.close();
  });

  test('a request that is none changes nothing', async () => {
    const client = await start(registry());
    await client.open(MANIFEST);
    for (const argument of [
      undefined,
      null,
      1,
      {},
      { scope: 'file', uri: 1, level: 'minor' },
      { scope: 'workspace', level: 'all' },
    ]) {
      assert.equal((await execute(client, argument)).updated, 0);
    }
    assert.equal(client.textOf(MANIFEST), TEXT);
    await client.close();
  });
});
