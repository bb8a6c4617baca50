import { lockfileKindOf } from '../core/read/lockfile/detect.ts';

/** Files that may configure the registry of a name. */
const CONFIGURING: ReadonlySet<string> = new Set([
  '.npmrc',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
]);

/**
 * Checks whether a name is that of a lockfile or a configuration file. If something of that name cannot be read, it is
 * not missing: a port lists it as a file, and reading it gives the reason.
 */
export function isKnownFile(name: string): boolean {
  return lockfileKindOf(name) !== undefined || CONFIGURING.has(name);
}
