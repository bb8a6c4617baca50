import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { lockedForCatalog } from '../../server/src/core/read/project/locked/locked-dependency.ts';
import type { Project } from '../../server/src/core/read/project/project.ts';
import { openFiles } from '../workspace.ts';

/** Real projects beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const FILES =
  '**/{package.json,pnpm-workspace.yaml,pnpm-lock.yaml,pnpm-lock.yaml.gz,yarn.lock,yarn.lock.gz,bun.lock,bun.lock.gz,.yarnrc.yml}';

/** Folders with manifests of members, whose lockfile lists the members. */
const MEMBERS: readonly string[] = [
  'discordjs-berry-v6',
  'discordjs-pnpm-v9',
  'hoppscotch-pnpm-v9',
  'jest-berry-v10',
  'knip-bun-v1',
  'publint-pnpm-v9',
  'vite-pnpm-v9',
];

if (!existsSync(CORPUS)) {
  test('there is no corpus', () => assert.ok(!existsSync(CORPUS)));
} else {
  for (const folder of MEMBERS) describe(folder, () => checkMembers(folder));
  test('catalogs of pnpm lead to what is locked', checkCatalogs);
}

function checkMembers(folder: string): void {
  test('its members are those that its package manager wrote into the lockfile', async () => {
    const texts = textsIn(folder);
    const project = await rootOf(folder);
    const members = new Set([...project.members.values()].map(({ path }) => path));
    assert.ok(project.lockfile !== undefined && members.size > 1);
    const written = [...texts.keys()].filter((path) => path.endsWith('package.json'));
    const folders = written.map((path) => path.replace(/\/?package\.json$/, ''));
    const importers = [...project.lockfile.importers.keys()].filter((path) => folders.includes(path));
    assert.deepEqual([...members].sort(), importers.sort());
  });
}

async function checkCatalogs(): Promise<void> {
  const project = await rootOf('pnpm-pnpm-v9-multidoc');
  assert.deepEqual([project.manager.name, project.manager.version], ['pnpm', '12.0.0-rc.8']);
  assert.equal(project.catalogs.entries.length, 242);
  const locked = project.catalogs.entries.filter((entry) => lockedForCatalog(project, entry) !== undefined);
  assert.ok(locked.length > 200, `${locked.length} of ${project.catalogs.entries.length}`);
}

async function rootOf(folder: string): Promise<Project> {
  const workspace = await openFiles(textsIn(folder));
  const found = workspace.snapshot.projects.find(({ project }) => project.root === workspace.uri(''));
  assert.ok(found, 'there is a project at the root');
  return found.project;
}

function textsIn(folder: string): Map<string, string> {
  const root = join(CORPUS, folder);
  const texts = new Map<string, string>();
  for (const file of globSync(FILES, { cwd: root }).sort()) {
    const bytes = readFileSync(join(root, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    texts.set(file.replace(/\.gz$/, '').replaceAll('\\', '/'), text);
  }
  return texts;
}
