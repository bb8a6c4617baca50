import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodeAction, CodeActionTriggerKind } from 'vscode-languageserver/node';
import { terminalTitle } from '../../server/src/lsp/handlers/code-action.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { LEFT_PAD } from '../unit/show/features/updates/registry-documents.ts';
import { indexOf } from '../workspace.ts';
import { PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const NPMRC = `${FOLDER}/.npmrc`;
const TYPO = `{
  // our shop
  "dependencies": {
    "lodahs": "^4.17.0"
  }
}
`;
const OUR_COMMANDS = [
  'dependencyHygiene.openRulePage',
  'dependencyHygiene.copyCommand',
  'dependencyHygiene.setScopeRegistry',
];

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

test('a fix says what it does, belongs to its diagnostic, and mends the text', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, 'dahs'));
  const rename = actions.find(({ title }) => title.includes('"lodash"'));
  assert.ok(rename, titles(actions).join('; '));
  assert.equal(rename.kind, 'quickfix');
  assert.ok(rename.diagnostics!.some(({ code }) => code === 'typosquat-name'));
  client.apply(rename.edit!);
  assert.equal(client.textOf(MANIFEST), TYPO.replace('lodahs', 'lodash'));
  await client.close();
});

test('ignoring stands behind the fixes and writes a configuration file that may not exist yet', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"lodahs"'));
  const at = actions.findIndex(({ title }) => title.startsWith('Ignore'));
  assert.ok(at > 0, titles(actions).join('; '));
  assert.ok(actions.slice(at).every(({ title }) => title.startsWith('Ignore')));
  const [create, change] = actions[at]!.edit!.documentChanges!;
  assert.deepEqual(create, {
    kind: 'create',
    uri: `${FOLDER}/dependency-hygiene.json`,
    options: { ignoreIfExists: true },
  });
  assert.ok(change && 'edits' in change && change.textDocument.version === null);
  client.apply(actions[at]!.edit!);
  const written = JSON.parse(client.disk.get(`${FOLDER}/dependency-hygiene.json`)!);
  assert.equal(written.ignores[0].rule, 'typosquat-name');
  await client.close();
});

test('commands are offered only to clients that announce them, explaining last', async () => {
  const plain = await startClient({ files: { 'package.json': TYPO } });
  await plain.open(MANIFEST);
  const without = await plain.actions(MANIFEST, plain.rangeOf(MANIFEST, '"lodahs"'));
  assert.ok(without.every((action) => action.command === undefined && action.edit !== undefined));
  await plain.close();

  const initializationOptions = { commands: OUR_COMMANDS };
  const client = await startClient({ files: { 'package.json': TYPO }, initializationOptions });
  await client.open(MANIFEST);
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"lodahs"'));
  const explain = actions.at(-1)!;
  assert.deepEqual(explain.command?.command, 'dependencyHygiene.openRulePage');
  assert.match(explain.title, /^Explain the rule /);
  await client.close();
});

test('a command is typed into a terminal where there is one, and copied elsewhere', async () => {
  const files = { 'shop/package.json': '{ "dependencies": { "lodash": "^4.0.0" } }\n' };
  const uri = `${FOLDER}/shop/package.json`;
  const commandsFor = async (commands: readonly string[]) => {
    const client = await startClient({ files, initializationOptions: { commands } });
    await client.open(uri);
    const actions = await client.actions(uri, client.rangeOf(uri, '"dependencies"'));
    await client.close();
    return actions.filter(({ title }) => title.includes('writes the lockfile'));
  };
  const [copied] = await commandsFor(OUR_COMMANDS);
  assert.equal(
    copied?.title,
    'Copy the command that writes the lockfile: npm install --package-lock-only --ignore-scripts',
  );
  const [typed] = await commandsFor([...OUR_COMMANDS, 'dependencyHygiene.putInTerminal']);
  const title =
    'Put in terminal: the command that writes the lockfile: npm install --package-lock-only --ignore-scripts';
  const given = { command: 'npm install --package-lock-only --ignore-scripts', folder: `${FOLDER}/shop` };
  assert.equal(typed?.title, title);
  assert.deepEqual(typed.command, {
    ...{ title, command: 'dependencyHygiene.putInTerminal', arguments: [given] },
  });
});

test('a command in the middle of a title is put in the terminal as well', () => {
  const of =
    'Fix 28 vulnerabilities: copy "npm update axios --ignore-scripts" (not looked up in the registry)';
  assert.equal(
    terminalTitle(of),
    'Fix 28 vulnerabilities: put "npm update axios --ignore-scripts" in terminal (not looked up in the registry)',
  );
  assert.equal(terminalTitle('Copy "npm update a"'), 'Put in terminal: "npm update a"');
});

test('a client without versioned edits gets plain changes', async () => {
  const client = await startClient({ files: { 'package.json': TYPO }, capabilities: PUSHED });
  await client.open(MANIFEST);
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"lodahs"'));
  const rename = actions.find(({ title }) => title.includes('"lodash"'))!;
  assert.equal(rename.edit!.documentChanges, undefined);
  assert.deepEqual(Object.keys(rename.edit!.changes!), [MANIFEST]);
  await client.close();
});

test('a file is deleted only by a client that can do so', async () => {
  const files = {
    'package.json': '{ "packageManager": "npm@11.21.0" }\n',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": {} } }\n',
    'yarn.lock': '# yarn lockfile v1\n\n',
  };
  const yarn = `${FOLDER}/yarn.lock`;
  const client = await startClient({ files });
  await client.open(yarn);
  const actions = await client.actions(yarn, client.rangeOf(yarn, '# yarn'));
  const remove = actions.find(({ title }) => title === 'Delete yarn.lock');
  assert.deepEqual(remove?.edit, {
    documentChanges: [{ kind: 'delete', uri: yarn, options: { ignoreIfNotExists: true } }],
  });
  assert.notEqual(remove?.isPreferred, true);
  await client.close();

  const plain = await startClient({ files, capabilities: PUSHED });
  await plain.open(yarn);
  const fewer = await plain.actions(yarn, plain.rangeOf(yarn, '# yarn'));
  assert.ok(fewer.length > 0 && fewer.every(({ title }) => !title.startsWith('Delete')));
  await plain.close();
});

test('fix-all applies every safe fix of the document and no other', async () => {
  const url = 'git+http://git.example.test/team/tool.git#0123456789abcdef0123456789abcdef01234567';
  const text = `{
  "dependencies": {
    "lodahs": "^4.0.0",
    "tool": "${url}",
    "semver": "^7.0.0",
    "semver": "^7.0.0"
  }
}
`;
  const client = await startClient({ files: { 'package.json': text } });
  await client.open(MANIFEST);
  const kind = 'source.fixAll.dependencyHygiene';
  const whole = client.rangeOf(MANIFEST, text);
  const kindsOf = async (only: string) =>
    (await client.actions(MANIFEST, whole, [only])).map((action) => action.kind);
  for (const only of [kind, 'source.fixAll']) assert.deepEqual(await kindsOf(only), [kind]);
  assert.deepEqual(await kindsOf('source'), [kind, 'source.dependencyHygiene.baseline']);
  assert.deepEqual(await client.actions(MANIFEST, whole, ['refactor']), []);
  const [all] = await client.actions(MANIFEST, whole, [kind]);
  assert.match(all!.title, /2 safe fixes/);
  client.apply(all!.edit!);
  const after = client.textOf(MANIFEST);
  assert.match(after, /"tool": "git\+https:/);
  assert.equal(after.match(/"semver"/g)!.length, 1);
  assert.match(after, /"lodahs"/);
  assert.doesNotThrow(() => JSON.parse(after));
  await client.close();
});

test('the one safe fix is preferred and comes first', async () => {
  const text = '{\n  "dependencies": {\n    "semver": "^7.0.0",\n    "semver": "^7.0.0"\n  }\n}\n';
  const client = await startClient({ files: { 'package.json': text } });
  await client.open(MANIFEST);
  const { items } = await client.pull(MANIFEST);
  const duplicate = items!.find(({ code }) => code === 'duplicate-dependency')!;
  const [first, ...others] = await client.actions(MANIFEST, duplicate.range);
  assert.equal(first!.isPreferred, true);
  assert.ok(first!.edit);
  assert.ok(others.every((action) => action.isPreferred === undefined));
  await client.close();
});

const PRIVATE = {
  'package.json': '{\n  "dependencies": {\n    "@acme/ui": "^1.0.0"\n  }\n}\n',
  'dependency-hygiene.json': '{ "privateScopes": ["@acme"] }\n',
};

test('where nobody says which registry serves a scope, the client may ask, and the server writes the line', async () => {
  const client = await startClient({ files: PRIVATE, initializationOptions: { commands: OUR_COMMANDS } });
  await client.open(MANIFEST);
  const actions = await client.actions(MANIFEST, client.rangeOf(MANIFEST, '"@acme/ui"'));
  const ask = actions.find((action) => action.command?.command === 'dependencyHygiene.setScopeRegistry');
  assert.ok(ask, titles(actions).join('; '));
  const [question] = ask.command!.arguments!;
  assert.deepEqual(question, { uri: MANIFEST, scope: '@acme' });

  const write = (registry: string) =>
    client.connection.sendRequest<{ problem?: string }>('workspace/executeCommand', {
      command: 'dependencyHygiene.server.writeScopeRegistry',
      arguments: [{ ...question, registry }],
    });
  assert.match((await write('javascript:alert(1)')).problem!, /is invalid/);
  assert.match((await write('https://npm.acme.example.test/\nextra=1')).problem!, /is invalid/);
  assert.equal(client.disk.has(NPMRC), false);
  assert.equal((await write('https://npm.acme.example.test')).problem, undefined);
  assert.equal(client.disk.get(NPMRC), '@acme:registry=https://npm.acme.example.test/\n');
  await client.close();
});

test('whoever types while a registry is asked gets no edits for the text before', async () => {
  const text = '{\n  "name": "shop",\n  "dependencies": {\n    "left-pad": "^1.0.0"\n  }\n}\n';
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const asked: string[] = [];
  const client = await startClient({
    files: { 'package.json': text },
    initializationOptions: { trusted: true },
    http: {
      async get({ url }) {
        asked.push(url);
        await answered;
        const headers = new Map<string, string>();
        return { type: 'answer', status: 200, headers, body: JSON.stringify(LEFT_PAD) };
      },
    },
  });
  await client.open(MANIFEST);
  const request = client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: MANIFEST },
    range: client.rangeOf(MANIFEST, '^1.0.0'),
    context: { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked },
  });
  for (let turn = 0; turn < 1_000 && asked.length === 0; turn++)
    await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(asked.length > 0);
  const at = text.indexOf('"dependencies"');
  await client.edit(MANIFEST, at, at, '"private": true,\n  ');
  // The server applies the edit before the registry answers.
  await client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: MANIFEST } });
  answer();
  assert.deepEqual(await request, []);
  await client.close();
});

test('each row that ignores says what it ignores, and at malware there is none', async () => {
  const text = '{\n  "dependencies": {\n    "lodahs": "*"\n  }\n}\n';
  const lock = {
    lockfileVersion: 3,
    packages: { '': { dependencies: { lodahs: '*' } }, 'node_modules/lodahs': { version: '4.17.21' } },
  };
  const malware = osv('MAL-2026-1', 'lodahs', '', { versions: ['4.17.21'] });
  const client = await startClient({
    files: { 'package.json': text, 'package-lock.json': JSON.stringify(lock) },
    ports: { advisories: () => indexOf([malware]) },
  });
  await client.open(MANIFEST);
  const range = client.rangeOf(MANIFEST, '    "lodahs": "*"');
  // Requesting actions opens the advisories.
  const titles = (await client.actions(MANIFEST, range)).map(({ title }) => title);
  const { items = [] } = await client.pull(MANIFEST);
  const inLine = items.filter(({ range: { start } }) => start.line === range.start.line);
  const codes = new Set(inLine.map(({ code }) => String(code)));
  assert.ok(codes.has('malicious-version'));
  assert.ok(codes.has('typosquat-name'));
  const ignoring = titles.filter((title) => title.startsWith('Ignore until '));
  assert.equal(new Set(ignoring).size, ignoring.length);
  const named = [...codes].filter((code) => ignoring.some((title) => title.includes(`: ${code} (`)));
  assert.deepEqual(named, []);
  await client.close();

  const clean = await startClient({
    files: { 'package.json': text, 'package-lock.json': JSON.stringify(lock) },
  });
  await clean.open(MANIFEST);
  const rows = (await clean.actions(MANIFEST, range)).map(({ title }) => title);
  for (const code of [...codes].filter((each) => each !== 'malicious-version'))
    assert.ok(
      rows.some((title) => /^Ignore /.test(title) && title.includes(code)),
      rows.join('; '),
    );
  await clean.close();
});
