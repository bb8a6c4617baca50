import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { openStoredObjects } from '../../../../server/src/node/git/pack/stored-objects.ts';
import { storedReferences } from '../../../../server/src/node/incident/list-references.ts';

const parent = mkdtempSync(join(tmpdir(), 'dephygiene-references-'));
after(() => rmSync(parent, { recursive: true, force: true }));
let folder = '';
let next = 0;

function git(...args: readonly string[]): string {
  const who = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.test' };
  const env = {
    ...{ PATH: process.env.PATH, HOME: parent, GIT_CONFIG_NOSYSTEM: '1', ...who },
    ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.test' },
  };
  return execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
}

async function read(): Promise<string | undefined> {
  const stored = openStoredObjects(join(folder, '.git/objects'));
  const found = await storedReferences(join(folder, '.git'), stored);
  stored.close();
  return found;
}

const listed = () => git('for-each-ref', '--format=%(objectname) %(refname)%(if)%(HEAD)%(then) HEAD%(end)');
const file = (path: string) => join(folder, '.git', path);

beforeEach(() => {
  folder = join(parent, String(next++));
  mkdirSync(folder);
  git('init', '--quiet', '--initial-branch=main');
  for (const message of ['one', 'two']) git('commit', '--quiet', '--allow-empty', '-m', message);
  git('branch', 'feature/a.b', 'HEAD~1');
  git('branch', 'feature-1');
  git('tag', '-a', '-m', 'tag', 'v1.0.0');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
});

describe('the references in files', () => {
  test('are those that git lists, packed and loose', async () => {
    assert.equal(await read(), listed());
    git('pack-refs', '--all');
    assert.equal(await read(), listed());
    assert.match(listed(), / HEAD$/m);
    git('commit', '--quiet', '--allow-empty', '-m', 'three');
    git('update-ref', 'refs/notes/commits', 'HEAD');
    assert.equal(await read(), listed());
    git('checkout', '--quiet', '--detach');
    assert.equal(await read(), listed());
    assert.doesNotMatch(listed(), / HEAD$/m);
    git('gc', '--quiet');
    assert.equal(await read(), listed());
    git('checkout', '--quiet', '--orphan', 'none');
    assert.equal(await read(), listed());
  });

  const commit = () => git('rev-parse', 'HEAD').trim();
  const oddities: Readonly<Record<string, () => void>> = {
    'a reference to an object that is missing': () =>
      writeFileSync(file('refs/heads/x'), `${'1'.repeat(40)}\n`),
    'an empty reference': () => writeFileSync(file('refs/heads/x'), ''),
    'a link to nothing': () => git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/none'),
    'a chain of links': () => git('symbolic-ref', 'refs/heads/x', 'refs/remotes/origin/HEAD'),
    'a lock': () => writeFileSync(file('refs/heads/x.lock'), ''),
    'a name that git refuses': () => writeFileSync(file('refs/heads/a..b'), `${commit()}\n`),
    'a name with other letters': () => writeFileSync(file('refs/heads/ä'), `${commit()}\n`),
    'a line that no git writes': () => appendFileSync(file('packed-refs'), 'x y z\n'),
    'another way to keep them': () => {
      mkdirSync(file('reftable'));
      writeFileSync(file('reftable/tables.list'), '');
    },
    'a symbolic link': () => symlinkSync(file('HEAD'), file('refs/heads/x')),
    'a format of later versions': () => git('config', 'core.repositoryFormatVersion', '1'),
    'an extension': () => git('config', 'extensions.unknown', 'true'),
    'a damaged HEAD': () => writeFileSync(file('HEAD'), 'main'),
    'many of them': () => {
      const head = commit();
      const lines = Array.from({ length: 501 }, (_, at) => `${head} refs/heads/b${1000 + at}\n`);
      writeFileSync(file('packed-refs'), lines.join(''));
    },
  };
  for (const [name, change] of Object.entries(oddities))
    test(`are left to git: ${name}`, async () => {
      change();
      assert.equal(await read(), undefined);
    });

  test('are left to git where the object of one is damaged', async () => {
    const id = readFileSync(file('refs/heads/feature/a.b'), 'latin1').trim();
    rmSync(file(`objects/${id.slice(0, 2)}/${id.slice(2)}`));
    writeFileSync(file(`objects/${id.slice(0, 2)}/${id.slice(2)}`), 'no object');
    assert.equal(await read(), undefined);
  });
});
