import semver from 'semver';
import type { LockfileKind } from '../lockfile/lockfile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { PackageManager, PackageManagerName } from './project.ts';

const NAMES: readonly PackageManagerName[] = ['npm', 'pnpm', 'yarn', 'bun'];

/** Files whose presence tells of a package manager where neither manifest nor lockfile does. */
const CONFIGURATION_FILES: ReadonlyMap<string, PackageManagerName> = new Map([
  ['.yarnrc.yml', 'yarn'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['bunfig.toml', 'bun'],
]);

/**
 * Which package manager installs the root, by the first that says so: `packageManager` (Corepack), `devEngines`
 * (npm), the one lockfile present, a manager's own configuration file, else npm.
 */
export function detectPackageManager(
  manifest: Manifest | undefined,
  lockfiles: readonly LockfileKind[],
  fileNames: ReadonlySet<string>,
): PackageManager {
  const pinned = readPackageManager(manifest?.packageManager?.value);
  if (pinned !== undefined) return { ...pinned, because: 'packageManager' };
  for (const engine of manifest?.devEnginesPackageManager ?? []) {
    const name = managerNamed(engine.name.value);
    const version = engine.version?.value;
    if (name !== undefined) return { name, version: exactVersion(version), because: 'devEngines' };
  }
  const managers = new Set(lockfiles.map(managerOfLockfile));
  if (managers.size === 1) return { name: [...managers][0]!, version: undefined, because: 'lockfile' };
  for (const [file, name] of CONFIGURATION_FILES) {
    if (fileNames.has(file)) return { name, version: undefined, because: 'configuration' };
  }
  return { name: 'npm', version: undefined, because: 'default' };
}

/** `npm@11.19.1+sha512.abc` as name and version; undefined where the name is none that we know. */
export function readPackageManager(
  text: string | undefined,
): { readonly name: PackageManagerName; readonly version: string | undefined } | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('@', 1);
  const name = managerNamed(at === -1 ? text : text.slice(0, at));
  if (name === undefined) return undefined;
  return { name, version: at === -1 ? undefined : exactVersion(text.slice(at + 1).split('+')[0]) };
}

export function managerOfLockfile(kind: LockfileKind): PackageManagerName {
  return kind === 'package-lock' || kind === 'npm-shrinkwrap' ? 'npm' : kind;
}

function managerNamed(text: string): PackageManagerName | undefined {
  return NAMES.find((name) => name === text);
}

function exactVersion(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (semver.valid(text) ?? undefined);
}
