import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GitPort, GitText } from '../../../server/src/engine/ports.ts';
import { type OpenWorkspace, openFiles } from '../../workspace.ts';

const LOCK = 'package-lock.json';
const A = 'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const B = 'sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ==';

const lock = (integrity: string, more = '') =>
  `{ "lockfileVersion": 3, "packages": { "": { "name": "shop" }, "node_modules/a": { "version": "1.0.0", "integrity": "${integrity}"${more} } } }\n`;

/** Creates a git whose HEAD has these texts, by path; it records the requests. */
function gitWith(texts: Record<string, GitText | Error>) {
  const asked: string[] = [];
  const git: GitPort = {
    async textAt(uri, revision) {
      const path = uri.slice('file:///workspace/'.length);
      asked.push(`${revision} ${path}`);
      const text = texts[path];
      if (text instanceof Error) throw text;
      return text ?? { type: 'absent', commit: '0'.repeat(40) };
    },
  };
  return { git, asked, texts };
}

const committed = (text: string): GitText => ({ type: 'text', commit: '0'.repeat(40), text });

interface Opened {
  readonly workspace: OpenWorkspace;
  readonly files: Map<string, string>;
  found(): readonly string[];
}

async function open(git: GitPort, text: string, settings: object = {}): Promise<Opened> {
  const files = new Map([
    ['package.json', '{ "name": "shop" }\n'],
    [LOCK, text],
  ]);
  const on = { trusted: true, comparesCommits: true, ...settings };
  const workspace = await openFiles(files, { git, settings: on });
  await workspace.session.ensureProject(workspace.uri(LOCK));
  // All of git's answers are available after a few turns.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  const found = () =>
    workspace
      .findings()
      .filter(({ rule }) => /^lockfile-(?:integrity|script-flag)-mismatch$/.test(rule))
      .map(({ message }) => message);
  return { workspace, files, found };
}

const CHANGED =
  'a 1.0.0 has a different sha512 hash here than in the last commit for the same version. Restore the entry from git and find out who changed it.';

test('a hash that is another than in the last commit', async () => {
  const { git, asked } = gitWith({ [LOCK]: committed(lock(A)) });
  const { found, workspace } = await open(git, lock(B));
  assert.deepEqual(found(), [CHANGED]);
  assert.deepEqual(asked, [`HEAD ${LOCK}`]);
  const [finding] = workspace.findings('lockfile-integrity-mismatch');
  assert.deepEqual(finding?.related, []);
  assert.equal(finding?.fixes()[0]?.command, `git restore --source=HEAD ${LOCK}`);
});

test('a script flag that was in the last commit', async () => {
  const { git } = gitWith({ [LOCK]: committed(lock(A, ', "hasInstallScript": true')) });
  const { found } = await open(git, lock(A));
  assert.deepEqual(found(), [
    'a 1.0.0 is marked as having an install script in the last commit but not here. Restore the entry from git and find out who removed the mark.',
  ]);
});

test("pnpm's requiresBuild that was in the last commit", async () => {
  const pnpm = (build: string) => `lockfileVersion: '6.0'

packages:

  /a@1.0.0:
    resolution: {integrity: ${A}}
${build}    dev: false
`;
  const { git } = gitWith({ 'pnpm-lock.yaml': committed(pnpm('    requiresBuild: true\n')) });
  const files = new Map([
    ['package.json', '{ "name": "shop" }\n'],
    ['pnpm-lock.yaml', pnpm('')],
  ]);
  const workspace = await openFiles(files, { git, settings: { trusted: true, comparesCommits: true } });
  const changed = new Promise<void>((resolve) => workspace.session.onDidChange(resolve));
  await workspace.session.ensureProject(workspace.uri('pnpm-lock.yaml'));
  await changed;
  assert.deepEqual(
    workspace.findings('lockfile-script-flag-mismatch').map(({ message }) => message),
    [
      'a 1.0.0 is marked as having an install script in the last commit but not here. Restore the entry from git and find out who removed the mark.',
    ],
  );
});

test('silent where nothing differs, a version is new, or git knows nothing', async () => {
  const unknown: GitText = { type: 'unknown', reason: 'it lies in no git repository' };
  const newer = lock(B).replace('1.0.0', '1.0.1');
  for (const head of [committed(lock(B)), committed(newer), committed('{'), unknown, new Error('gone')]) {
    const { found } = await open(gitWith({ [LOCK]: head }).git, lock(B));
    assert.deepEqual(found(), []);
  }
  assert.deepEqual((await open(gitWith({}).git, lock(B))).found(), []);
});

test('git is asked only where that is wanted and the folder is trusted', async () => {
  const { git, asked } = gitWith({ [LOCK]: committed(lock(A)) });
  assert.deepEqual((await open(git, lock(B), { comparesCommits: false })).found(), []);
  assert.deepEqual((await open(git, lock(B), { trusted: false })).found(), []);
  assert.deepEqual(asked, []);
});

test('an edit is compared with what was committed, without asking again', async () => {
  const { git, asked } = gitWith({ [LOCK]: committed(lock(A)) });
  const { workspace, found } = await open(git, lock(A));
  assert.deepEqual(found(), []);
  workspace.session.setOverlay(workspace.uri(LOCK), lock(B));
  assert.deepEqual(found(), [CHANGED]);
  workspace.session.setOverlay(workspace.uri(LOCK), lock(A));
  assert.deepEqual(found(), []);
  await workspace.session.ensureProject(workspace.uri('package.json'));
  assert.equal(asked.length, 1);
});

test('git is asked again when the file changes on the disk, and after a commit', async () => {
  const head = gitWith({ [LOCK]: committed(lock(A)) });
  const { workspace, found } = await open(head.git, lock(B));
  assert.deepEqual(found(), [CHANGED]);
  head.texts[LOCK] = committed(lock(B));
  const again = new Promise<void>((resolve) => workspace.session.onDidChange(resolve));
  await workspace.session.filesChanged([workspace.uri('.git/logs/HEAD')]);
  await again;
  assert.deepEqual(found(), []);
  assert.equal(head.asked.length, 2);
});
