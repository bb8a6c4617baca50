import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { repositoryRoot } from './paths.ts';

const folders: string[] = [];

/** Creates a folder outside the repository that is removed when this process ends; returns its real path. */
export function temporaryFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  if (folders.length === 0) process.once('exit', removeFolders);
  folders.push(folder);
  return folder;
}

function removeFolders(): void {
  for (const folder of folders) {
    // A server that is ending may still write its last line; the system removes what is left then.
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {}
  }
}

const MANAGERS = join(repositoryRoot, 'test/fixtures/managers');
const ADVISORIES = join(repositoryRoot, 'test/fixtures/advisories');

/**
 * Copies a fixture to a place where tests may change it; the copy keeps the fixture's name. Its folder `managers`
 * contains one workspace as each package manager locks it, and `advisories` a project with vulnerable versions.
 */
export function copyWorkspace(fixture: string): string {
  const copy = join(temporaryFolder('dependency-hygiene-workspace'), basename(fixture));
  mkdirSync(copy);
  cpSync(fixture, copy, { recursive: true });
  cpSync(MANAGERS, join(copy, 'managers'), { recursive: true });
  cpSync(ADVISORIES, join(copy, 'advisories'), { recursive: true });
  return copy;
}
