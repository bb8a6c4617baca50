import { managerOfLockfile } from '../../manager/manager-of-lockfile.ts';
import { DEFAULT_MANAGER, MANAGERS, specNamed } from '../../manager/managers.ts';
import type { LockfileKind } from '../../manager/model/files.ts';
import type { ManagerHints } from '../../manager/model/manager-hints.ts';
import type { PackageManager, PackageManagerName } from '../../manager/package-manager.ts';
import { exactVersion, managerNamed, readPackageManager } from '../../manager/read-package-manager.ts';
import type { Manifest } from '../../manifest/manifest.ts';

/**
 * Which package manager installs the root, by the first that says so: `packageManager` (Corepack), `devEngines`
 * (npm), the one lockfile present, a manager's own configuration file, else npm. Its version is that of the field that
 * names it, else that of another file that names one: yarnPath, pnpm's lockfile, Volta.
 */
export function detectPackageManager(
  manifest: Manifest | undefined,
  lockfiles: readonly LockfileKind[],
  fileNames: ReadonlySet<string>,
  hints: ManagerHints = {},
): PackageManager {
  const named = namedManager(manifest, lockfiles, fileNames);
  const found = named.version === undefined ? (otherVersion(named.name, manifest, hints) ?? named) : named;
  const { version, versionFrom } = { ...named, ...found };
  const generation = specNamed(named.name).generationOf?.({ version, fileNames, hints });
  return { name: named.name, version, because: named.because, versionFrom, generation };
}

type Named = Omit<PackageManager, 'generation'>;

function namedManager(
  manifest: Manifest | undefined,
  lockfiles: readonly LockfileKind[],
  fileNames: ReadonlySet<string>,
): Named {
  const named = (name: PackageManagerName, because: Named['because'], version?: string): Named => {
    const versionFrom = version === undefined || (because !== 'packageManager' && because !== 'devEngines');
    return { name, version, because, versionFrom: versionFrom ? undefined : because };
  };
  const pinned = readPackageManager(manifest?.packageManager?.value);
  if (pinned !== undefined) return named(pinned.name, 'packageManager', pinned.version);
  for (const engine of manifest?.devEnginesPackageManager ?? []) {
    const name = managerNamed(engine.name.value);
    if (name !== undefined) return named(name, 'devEngines', exactVersion(engine.version?.value));
  }
  const managers = new Set(lockfiles.map(managerOfLockfile));
  if (managers.size === 1) return named([...managers][0]!, 'lockfile');
  const signed = MANAGERS.find(({ files: { sign } }) => sign !== undefined && fileNames.has(sign));
  return signed === undefined ? named(DEFAULT_MANAGER, 'default') : named(signed.name, 'configuration');
}

function otherVersion(
  name: PackageManagerName,
  manifest: Manifest | undefined,
  hints: ManagerHints,
): Pick<PackageManager, 'version' | 'versionFrom'> | undefined {
  const engine = manifest?.devEnginesPackageManager.find((item) => item.name.value === name);
  const candidates: readonly (readonly [PackageManager['versionFrom'], string | undefined])[] = [
    ['devEngines', engine?.version?.value],
    specNamed(name).hintedVersion(hints),
    ['volta', manifest?.volta.get(name)?.value],
  ];
  for (const [versionFrom, text] of candidates) {
    const version = exactVersion(text);
    if (version !== undefined) return { version, versionFrom };
  }
  return undefined;
}
