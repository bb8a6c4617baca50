import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGitIgnore } from '../../../server/src/core/read/text/paths/git-ignore-patterns.ts';
import type { GitPort } from '../../../server/src/engine/ports.ts';
import { manifest, openHarness } from './session-harness.ts';

/** Returns how often folders are listed, files are read and git is run to find the projects of that many folders. */
async function workFor(folders: number): Promise<{ lists: number; reads: number; git: number }> {
  const files: Record<string, string> = {
    '.gitignore': 'ignored*/\n',
    'dependency-hygiene.json': JSON.stringify({ exclude: ['left-out*'] }),
  };
  for (let at = 0; at < folders; at++) {
    files[`a${at}/package.json`] = manifest();
    files[`a${at}/.gitignore`] = 'dist\n';
    files[`ignored${at}/package.json`] = manifest();
    files[`left-out${at}/package.json`] = manifest();
  }
  let asked = 0;
  const git: GitPort = {
    textAt: async () => ({ type: 'unknown', reason: 'none' }),
    indexBelow: async () => {
      asked++;
      return { type: 'index', files: [], modules: [], ignoresCase: false };
    },
  };
  const harness = openHarness(files, { ports: { git } });
  await harness.session.loadFolder(harness.uri(''));
  assert.equal(Object.keys(harness.projects()).length, folders);
  return { lists: harness.lists.length, reads: harness.reads.length, git: asked };
}

test('the search for projects costs as much for each folder, however many there are', async () => {
  const [small, middle, large] = [await workFor(50), await workFor(100), await workFor(200)];
  for (const kind of ['lists', 'reads'] as const) {
    assert.equal(large[kind] - middle[kind], 2 * (middle[kind] - small[kind]), kind);
  }
  assert.deepEqual([small.git, middle.git, large.git], [1, 1, 1]);
});

test('plain lines of a .gitignore are looked up, not tried one after the other', () => {
  // One after the other, these would be two billion comparisons.
  const lines = Array.from({ length: 20_000 }, (_, at) => `generated${at}\n/a/b${at}/\n*.ending${at}\n`);
  const patterns = readGitIgnore(lines.join(''), false);
  let out = 0;
  for (let at = 0; at < 30_000; at++) if (patterns.judge(`a/generated${at}`, false) === 'out') out++;
  assert.equal(out, 20_000);
});
