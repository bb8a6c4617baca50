import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { createDiskFiles, uriOfPath } from '../../server/src/node/disk-files.ts';
import { startClient } from './test-client.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'linked-')));
after(() => rmSync(base, { recursive: true }));
const skip = process.platform === 'win32';

const MANIFEST = '{\n  "name": "a",\n  "private": true,\n  "dependencies": {\n    "lodahs": "*"\n  }\n}\n';
const folder = join(base, 'project');
const root = uriOfPath(folder);
const at = (path: string) => uriOfPath(join(folder, path));

mkdirSync(join(folder, 'real'), { recursive: true });
mkdirSync(join(folder, 'policy'));
mkdirSync(join(folder, 'npmrc'));
mkdirSync(join(folder, 'unread'));
for (const path of ['real', 'policy', 'npmrc', 'unread'])
  writeFileSync(join(folder, path, 'package.json'), MANIFEST);
writeFileSync(join(base, 'start-file'), '{}\n');
writeFileSync(join(folder, 'unread/dependency-hygiene.json'), Buffer.from('{}', 'utf16le'));
symlinkSync('real', join(folder, 'linked'));
symlinkSync(join(base, 'start-file'), join(folder, 'policy/dependency-hygiene.json'));
symlinkSync(join(base, 'not-there'), join(folder, 'npmrc/.npmrc'));

const start = () =>
  startClient({
    files: {},
    folders: [root],
    ports: { files: createDiskFiles(() => [root]) },
  });

/** Returns the files that the actions at the only dependency would edit, each once. */
async function editedFrom(path: string): Promise<readonly string[]> {
  const client = await start();
  const uri = at(path);
  const text = readFileSync(join(folder, path), 'utf8');
  await client.open(uri, text);
  const whole = { start: client.rangeOf(uri, '"lodahs"').start, end: client.rangeOf(uri, '"*"').end };
  const actions: readonly CodeAction[] = await client.actions(uri, whole);
  await client.close();
  assert.ok(actions.length > 0 || path.startsWith('linked'), path);
  const uris = actions.flatMap(({ edit }) =>
    (edit?.documentChanges ?? []).map((change) => ('textDocument' in change ? change.textDocument.uri : '')),
  );
  return [...new Set(uris.filter((each) => each !== ''))].map((each) => each.slice(root.length + 1)).sort();
}

test('edits are offered of files, and of none that is a link or lies behind one', { skip }, async () => {
  assert.deepEqual(await editedFrom('real/package.json'), [
    'real/dependency-hygiene.json',
    'real/package.json',
  ]);
  assert.deepEqual(await editedFrom('policy/package.json'), ['policy/package.json']);
  assert.deepEqual(await editedFrom('unread/package.json'), ['unread/package.json']);
  assert.deepEqual(await editedFrom('linked/package.json'), []);
});

test('a file that changed since it was read is not edited', async () => {
  const client = await start();
  const uri = at('real/package.json');
  const set = (path: string) =>
    client.connection.sendRequest('workspace/executeCommand', {
      command: SERVER_COMMANDS.writeScopeRegistry,
      arguments: [{ uri, scope: '@acme', registry: `https://npm.${path}.example.test/` }],
    });
  const npmrc = join(folder, 'real/.npmrc');
  writeFileSync(npmrc, 'audit=false\n');
  await client.pull(uri);
  writeFileSync(npmrc, 'fund=false\n');
  assert.deepEqual(await set('a'), { problem: '.npmrc changed on the disk; nothing was changed.' });
  rmSync(npmrc);
  assert.deepEqual(await set('a'), { problem: '.npmrc changed on the disk; nothing was changed.' });
  await client.close();
});

test('a command writes into no link, and says so', { skip }, async () => {
  const client = await start();
  const write = (path: string) =>
    client.connection.sendRequest('workspace/executeCommand', {
      command: SERVER_COMMANDS.writeScopeRegistry,
      arguments: [{ uri: at(path), scope: '@acme', registry: 'https://npm.acme.example.test/' }],
    });
  assert.deepEqual(await write('npmrc/package.json'), {
    problem: '.npmrc is a symbolic link; nothing was changed.',
  });
  assert.deepEqual(await write('linked/package.json'), {
    problem: '.npmrc lies behind a symbolic link; nothing was changed.',
  });
  assert.deepEqual(await write('real/package.json'), {});
  assert.deepEqual([...client.disk.keys()], [at('real/.npmrc')]);
  await client.close();
});
