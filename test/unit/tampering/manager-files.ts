import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Workspaces that each package manager itself installed, after which three entries of the lockfile were changed:
 * minimist downloads wrappy, tslib comes from another host, inherits has lost its hash.
 */
const FIXTURES = join(import.meta.dirname, '../../fixtures/managers');

export const MANAGERS = ['npm', 'yarn-classic', 'yarn-berry', 'pnpm', 'bun'] as const;

/** Returns the files of one of them by path, with the settings that configure its registry. */
export function managerFiles(manager: (typeof MANAGERS)[number]): Map<string, string> {
  const root = join(FIXTURES, manager);
  const files = new Map([
    ['dependency-hygiene.json', readFileSync(join(FIXTURES, 'dependency-hygiene.json'), 'utf8')],
  ]);
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    files.set(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
  }
  return files;
}
