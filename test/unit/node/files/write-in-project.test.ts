import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { reasonOf } from '../../../../server/src/node/files/file-problem.ts';
import { replaceFile } from '../../../../server/src/node/files/replace-file.ts';
import { writeInProject } from '../../../../server/src/node/files/write-in-project.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'writing-')));
after(() => rmSync(base, { recursive: true }));
const skip = process.platform === 'win32';

let folder: string;
let outside: string;
beforeEach(() => {
  const each = mkdtempSync(join(base, 'each-'));
  folder = join(each, 'project');
  outside = join(each, 'start-file');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(outside, 'own');
});

const write = (path: string, before: string | undefined, text = '{"new":1}') =>
  writeInProject({ folder, path: join(folder, path), before, text }).then(
    () => 'written',
    (error: unknown) => reasonOf(error),
  );
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('a file of a project is written', () => {
  test('where it is new, and over what it was made from; its permissions and byte order mark stay', async () => {
    assert.equal(await write('sub/new.json', undefined), 'written');
    assert.equal(read('sub/new.json'), '{"new":1}');
    writeFileSync(join(folder, 'old.json'), '\uFEFF{"old":1}');
    chmodSync(join(folder, 'old.json'), 0o640);
    assert.equal(await write('old.json', '{"old":1}'), 'written');
    assert.equal(read('old.json'), '\uFEFF{"new":1}');
    if (!skip) assert.equal(statSync(join(folder, 'old.json')).mode & 0o7777, 0o640);
    assert.deepEqual(readdirSync(folder).sort(), ['old.json', 'sub']);
  });

  test('never through a link, of itself or of a folder on the way', async () => {
    symlinkSync(outside, join(folder, 'file.json'));
    symlinkSync('not-there', join(folder, 'dangling.json'));
    mkdirSync(join(base, 'elsewhere'), { recursive: true });
    symlinkSync(join(base, 'elsewhere'), join(folder, 'linked'));
    symlinkSync('sub', join(folder, 'inner'));
    assert.equal(await write('file.json', 'own'), 'is a symbolic link');
    assert.equal(await write('dangling.json', undefined), 'is a symbolic link');
    assert.equal(await write('linked/new.json', undefined), 'lies behind a symbolic link');
    assert.equal(await write('inner/new.json', undefined), 'lies behind a symbolic link');
    assert.equal(await write('../start-file', 'own'), 'is outside of the project');
    assert.equal(await write('../new', undefined), 'is outside of the project');
    assert.equal(readFileSync(outside, 'utf8'), 'own');
    assert.deepEqual(readdirSync(join(base, 'elsewhere')), []);
    assert.deepEqual(readdirSync(join(folder, 'sub')), []);
  });

  test('no other name of a file outside is written to', async () => {
    linkSync(outside, join(folder, 'hard.json'));
    assert.equal(await write('hard.json', 'own'), 'written');
    assert.equal(readFileSync(outside, 'utf8'), 'own');
  });

  test('over a regular file alone', { skip }, async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.equal(await write('pipe', undefined), 'is not a regular file');
    assert.equal(await write('sub', undefined), 'is a folder');
    assert.equal(await write('none/file.json', undefined), 'does not exist');
  });

  test('not over another text than the one that was read, nor over conflicts', async () => {
    const changed = 'is no longer the file that was read, or is not UTF-8';
    writeFileSync(join(folder, 'a.json'), '{"theirs":1}');
    assert.equal(await write('a.json', '{"ours":1}'), changed);
    assert.equal(await write('a.json', undefined), changed);
    assert.equal(await write('gone.json', '{}'), changed);
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    writeFileSync(join(folder, 'latin.json'), bytes);
    assert.equal(await write('latin.json', new TextDecoder().decode(bytes)), changed);
    const conflict = '{}\n<<<<<<< ours\n=======\n>>>>>>> theirs\n';
    writeFileSync(join(folder, 'c.json'), conflict);
    assert.match((await write('c.json', conflict))!, /^has merge conflict markers/);
    assert.deepEqual([read('a.json'), read('c.json')], ['{"theirs":1}', conflict]);
  });

  test('not where it changes while the new one is written', async () => {
    const path = join(folder, 'a.json');
    writeFileSync(path, 'before');
    const check = async () => {
      if (readFileSync(path, 'utf8') !== 'before') throw new Error('changed');
    };
    const writing = replaceFile(path, Buffer.alloc(10_000_000, 32), { check });
    writeFileSync(path, 'meanwhile');
    await assert.rejects(writing, /changed/);
    assert.equal(read('a.json'), 'meanwhile');
    assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'sub']);
  });

  test('as a whole or not at all when a signal ends the program, and nothing else is left', {
    skip,
  }, async () => {
    const path = join(folder, 'a.json');
    writeFileSync(path, 'before');
    const module = pathToFileURL(
      join(import.meta.dirname, '../../../../server/src/node/files/replace-file.ts'),
    );
    const program = `
      import { replaceFile } from ${JSON.stringify(module.href)};
      const check = async () => { process.stdout.write('ready\\n'); await new Promise(() => setInterval(() => {}, 1000)); };
      await replaceFile(${JSON.stringify(path)}, 'after', { check });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await once(child.stdout, 'data');
    assert.equal(readdirSync(folder).length, 3);
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'exit');
    assert.deepEqual([code, signal], [null, 'SIGINT']);
    assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'sub']);
    assert.equal(read('a.json'), 'before');
    assert.equal(process.listenerCount('SIGINT'), 0);
  });
});
