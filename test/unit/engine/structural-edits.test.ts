import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinUri, relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { ROOT } from '../../workspace.ts';
import { type RandomSource, randomSource } from '../read/text/random-source.ts';
import { type Harness, loadHarness, manifest, openHarness } from './session-harness.ts';

type Files = Record<string, string>;

const MEMBERS = ['packages/a/package.json', 'packages/a/inner/b/package.json', 'tools/package.json'];
const LOCKFILES: Files = {
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  'packages/a/pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
};

/** Texts of each file that determines a member's root or the files that a project reads. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'package.json': [
    manifest(),
    ...[undefined, 'yarn@1.22.22', 'yarn@4.0.0', 'pnpm@10.0.0', 'bun@1.3.0'].map((packageManager) =>
      manifest({ workspaces: ['packages/*'], packageManager }),
    ),
    manifest({ workspaces: ['packages/*'], devEngines: { packageManager: { name: 'yarn' } } }),
    manifest({ dependencies: { tools: 'file:tools' } }),
    '{ "workspaces": [',
  ],
  'packages/a/package.json': [
    manifest({ workspaces: ['inner/*'] }),
    manifest(),
    manifest({ workspaces: [] }),
  ],
  'pnpm-workspace.yaml': [
    'packages: [packages/*]\n',
    'packages: [packages/**, tools]\n',
    'packages: [packages/*]\nsharedWorkspaceLockfile: false\n',
    'packages: [packages/*]\nsharedWorkspaceLockfile: true\n',
    'packages: []\n',
    'packages\n',
    'packages: [packages/*\n',
    'catalog: {}\n',
    'catalog[\n',
  ],
  '.npmrc': ['', 'shared-workspace-lockfile=false\n', 'registry=https://npm.acme.test/\n'],
};

/** Returns the project of each file, and the files that it reads. */
function reported({ session }: Harness) {
  return session.snapshot().projects.map(({ project, files }) => ({
    root: relativeUri(ROOT, project.root),
    manager: project.manager.name,
    files: [...files.keys()],
    members: [...project.members.keys()].sort(),
    lockfile: project.lockfile?.uri,
    yarnrcs: project.yarnrcs.map(({ uri }) => uri),
    bunfig: project.bunfig?.uri,
  }));
}

/** Does the same for the project of one file. */
async function projectOf(harness: Harness, path: string): Promise<unknown> {
  const owner = await harness.session.ensureProject(harness.uri(path));
  const root = owner && relativeUri(ROOT, owner.project.root);
  return reported(harness).find((project) => project.root === root);
}

function begin(random: RandomSource, more: Files = {}): Files {
  const files: Files = { ...LOCKFILES, ...more };
  for (const path of MEMBERS) files[path] = manifest({ name: path });
  for (const [path, texts] of Object.entries(TEXTS)) files[path] = random.pick(texts);
  return files;
}

describe('after each of many edits that decide what belongs where', () => {
  test('open texts make the projects that a fresh session finds', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = randomSource(seed);
      const files = begin(random, seed % 3 === 0 ? { '.yarnrc.yml': '' } : {});
      const edited = await loadHarness(files);
      const edits: string[] = [];
      for (let round = 0; round < 15; round++) {
        const path = random.pick(Object.keys(TEXTS));
        files[path] = random.pick(TEXTS[path]!);
        edits.push(`${path}: ${files[path]}`);
        edited.session.setOverlay(edited.uri(path), files[path]);
        await edited.session.ensureProject(edited.uri(path));
        assert.deepEqual(reported(edited), reported(await loadHarness(files)), edits.join('\n'));
      }
    }
  });

  test('and so where only a member was opened', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = randomSource(seed);
      const files = begin(random);
      const member = random.pick(MEMBERS);
      const edited = openHarness(files);
      const edits: string[] = [member];
      for (let round = 0; round < 15; round++) {
        const path = random.pick(Object.keys(TEXTS));
        const before = await projectOf(edited, member);
        assert.deepEqual(before, await projectOf(openHarness(files), member), edits.join('\n'));
        files[path] = random.pick(TEXTS[path]!);
        edits.push(`${path}: ${files[path]}`);
        edited.session.setOverlay(edited.uri(path), files[path]);
      }
    }
  });

  test('and so do files that change on the disk', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = randomSource(seed);
      const files = begin(random);
      const edited = await loadHarness(files);
      const edits: string[] = [];
      const optional = ['.yarnrc.yml', 'pnpm-workspace.yaml', '.npmrc', 'packages/a/pnpm-lock.yaml'];
      const texts = {
        ...TEXTS,
        '.yarnrc.yml': [''],
        'packages/a/pnpm-lock.yaml': ["lockfileVersion: '9.0'\n"],
      };
      for (let round = 0; round < 15; round++) {
        const path = random.pick(Object.keys(texts)) as keyof typeof texts;
        if (optional.includes(path) && random.below(3) === 0) {
          delete files[path];
          edited.disk.remove(path);
        } else {
          files[path] = random.pick(texts[path] ?? ['']);
          edited.disk.write(path, files[path]);
        }
        edits.push(`${path}: ${files[path]}`);
        await edited.session.filesChanged([joinUri(ROOT, path)]);
        assert.deepEqual(reported(edited), reported(await loadHarness(files)), edits.join('\n'));
      }
    }
  });
});
