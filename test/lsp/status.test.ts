import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLabel } from '../../client/src/status-label.ts';
import { uncheckedText } from '../../client/src/unchecked-text.ts';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const FINE = '{\n  "name": "fine",\n  "private": true\n}\n';
const TYPO = '{\n  "private": true,\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

const last = (client: TestClient) => client.statuses.at(-1) as StatusParams;
/** Does what an editor does for a visible document: opens it and pulls its diagnostics. */
async function show(client: TestClient): Promise<void> {
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
}

/** Checks whether this number of projects is checked, and no work is in progress. */
const isDone = (client: TestClient, projects: number) =>
  last(client)?.projects === projects && !last(client).working;

const label = (client: TestClient) => statusLabel(last(client)).text;

test('a tick stands only where everything was checked', async () => {
  const client = await startClient({
    files: { 'package.json': FINE },
    initializationOptions: { status: true, trusted: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.deepEqual(last(client).gaps, []);
  assert.equal(label(client), '$(shield) ✓');

  await client.edit(MANIFEST, 0, client.textOf(MANIFEST).length, '{ "name": ');
  await client.until(() => label(client) === '$(shield) ?');
  assert.match(last(client).gaps.join(), /^package\.json /);
  await client.close();
});

test('what is opened behind the screen makes no project', async () => {
  const client = await startClient({
    files: { 'a/package.json': FINE, 'b/package.json': TYPO },
    initializationOptions: { status: true, trusted: true },
  });
  await client.open(`${FOLDER}/b/package.json`);
  await client.open(`${FOLDER}/a/package.json`);
  await client.pull(`${FOLDER}/a/package.json`);
  await client.until(() => isDone(client, 1));
  assert.equal(label(client), '$(shield) ✓');
  await client.pull(`${FOLDER}/b/package.json`);
  await client.until(() => isDone(client, 2));
  assert.equal(last(client).warnings > 0, true);
  await client.close();
});

test('a project counts from then on, whichever request was the first to load it', async () => {
  const client = await startClient({
    files: { 'a/package.json': FINE, 'b/package.json': TYPO, 'c/package.json': TYPO },
    initializationOptions: { status: true, trusted: true },
    settings: { online: false },
  });
  await client.open(`${FOLDER}/a/package.json`);
  await client.pull(`${FOLDER}/a/package.json`);
  await client.until(() => isDone(client, 1));
  // Editors request the hints beside the ranges and the fixes at the cursor automatically, in no certain order.
  const b = `${FOLDER}/b/package.json`;
  await client.open(b);
  const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
  await client.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri: b }, range });
  await client.until(() => isDone(client, 2));
  const { warnings } = last(client);
  assert.equal(warnings > 0, true);
  await client.open(`${FOLDER}/c/package.json`);
  await client.actions(`${FOLDER}/c/package.json`, range);
  await client.until(() => isDone(client, 3));
  assert.equal(last(client).warnings, 2 * warnings);
  await client.close();
});

test('a lockfile of an unknown version is not green', async () => {
  const client = await startClient({
    files: { 'package.json': FINE, 'yarn.lock': '# yarn lockfile v7\n' },
    initializationOptions: { status: true, trusted: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.match(last(client).gaps.join(), /yarn\.lock was not checked: .*7/);
  assert.notEqual(label(client), '$(shield) ✓');
  await client.close();
});

test('a lockfile that is cut off is said to be read in part, with the place and the counts', async () => {
  const lockfile =
    '{\n  "lockfileVersion": 3,\n  "packages": {\n    "node_modules/a": { "version": "1.0.0" },\n';
  const client = await startClient({
    files: { 'package.json': FINE, 'package-lock.json': `${lockfile}    "node_modules/b": {` },
    initializationOptions: { status: true, trusted: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.match(
    last(client).gaps[0]!,
    /^package-lock\.json was read only in part: line \d: [^.]+; 1 of 2 entries read\.$/,
  );
  assert.notEqual(label(client), '$(shield) ✓');
  await client.close();
});

test('the number is that of the worst findings', async () => {
  const client = await startClient({
    files: { 'package.json': TYPO },
    initializationOptions: { status: true, trusted: true },
    settings: { rules: { 'typosquat-name': 'error' } },
  });
  await show(client);
  await client.until(() => last(client)?.errors === 1 && !last(client).working);
  // The registry, which would know the age of a name, gives no usable answer in tests: that is not the user's to change.
  assert.notDeepEqual(last(client).gaps, []);
  assert.equal(label(client), '$(shield) 1');
  await client.close();
});

test('an untrusted workspace and the setting "online" are said, and trust can be granted later', async () => {
  const client = await startClient({
    files: { 'package.json': FINE },
    initializationOptions: { status: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.match(last(client).gaps.join(), /not trusted/);
  assert.equal(label(client), '$(shield) ?');

  await client.connection.sendNotification('dependencyHygiene/trust', { trusted: true });
  await client.until(() => last(client).gaps.length === 0);
  assert.equal(label(client), '$(shield) ✓');

  client.settings = { online: false };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => last(client).gaps.length === 1);
  assert.match(last(client).gaps.join(), /"dependencyHygiene\.online" is off/);
  assert.equal(label(client), '$(shield) ?');
  await client.close();
});

test('a client that does not show the status is not told', async () => {
  const client = await startClient({ files: { 'package.json': TYPO } });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  await client.pull(MANIFEST);
  assert.deepEqual(client.statuses, []);
  await client.close();
});

const QUIET: StatusParams = {
  working: false,
  projects: 1,
  errors: 0,
  warnings: 0,
  information: 0,
  hints: 0,
  gaps: [],
  steps: [],
  advisories: [],
};

test('work under way is shown as such, and its numbers as not final', () => {
  const { text, tooltip } = statusLabel({ ...QUIET, working: true, warnings: 2, hints: 1 });
  assert.equal(text, '$(shield) ⟳');
  assert.deepEqual(tooltip, ['2 warnings, 1 hint; still checking.']);
});

test('only errors and warnings colour the status bar', () => {
  assert.equal(statusLabel({ ...QUIET, errors: 1, warnings: 2 }).background, 'error');
  assert.equal(statusLabel({ ...QUIET, warnings: 2, hints: 3 }).background, 'warning');
  const quiet = statusLabel({ ...QUIET, information: 1, hints: 3, gaps: ['A gap.'], steps: ['trust'] });
  assert.equal(quiet.background, undefined);
  assert.equal(quiet.text, '$(shield) 1 ?');
});

test('a question mark is an offer: gaps that nobody can close have none, and no tick either', async () => {
  const client = await startClient({
    files: { 'package.json': FINE, 'yarn.lock': '# yarn lockfile v7\n' },
    initializationOptions: { status: true, trusted: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.deepEqual(last(client).steps, []);
  assert.doesNotMatch(label(client), /[✓?]/);
  assert.match(
    uncheckedText(last(client)),
    /^# What was not checked\n\n## Not checked\n\n- yarn\\\.lock was not checked\\: /,
  );
  await client.close();
});

test('the list of what was not checked begins with what to do', async () => {
  const client = await startClient({
    files: { 'package.json': FINE },
    initializationOptions: { status: true },
  });
  await show(client);
  await client.until(() => isDone(client, 1));
  assert.deepEqual(last(client).steps, ['trust']);
  assert.equal(
    uncheckedText(last(client)),
    '# What was not checked\n\n## What to do\n\n- Trust this workspace to query registries\n\n' +
      'The shield in the status bar opens a menu with these steps\\.\n\n' +
      '## Not checked\n\n- Registries not queried\\: this workspace is not trusted\\.\n',
  );
  assert.match(uncheckedText(undefined), /\nNothing was checked yet\\\./);
  assert.match(uncheckedText(QUIET), /\nEverything was checked\\\.\n$/);
  const hostile = uncheckedText({
    ...QUIET,
    gaps: ['<img src=x> [a](https://x.example.test) was not read.\n# A'],
  });
  assert.match(
    hostile,
    /^- \\<img src\\=x\\> \\\[a\\\]\\\(https\\:\\\/\\\/x\\\.example\\\.test\\\) was not read\\\. \\# A$/m,
  );
  await client.close();
});

test('a tooltip has the first sentence of a gap, and the list has all of it', () => {
  const gaps = [
    'pkg.v1/package.json was read only in part: line 3.',
    '2 checks skipped: private packages. Checks: new-package (a, b). To check them, name a registry.',
  ];
  const status = { ...QUIET, gaps };
  assert.deepEqual(statusLabel(status).tooltip.slice(1), [gaps[0], '2 checks skipped: private packages.']);
  assert.match(uncheckedText(status), /new\\-package/);
});

test('a tooltip of very many sentences is cut, and says so', () => {
  const gaps = Array.from({ length: 13 }, (_, at) => `File ${at} could not be read.`);
  const { tooltip } = statusLabel({ ...QUIET, gaps });
  assert.equal(tooltip.length, 12);
  assert.equal(tooltip.at(-1), 'And 3 more, which "dephygiene check" lists.');
});
