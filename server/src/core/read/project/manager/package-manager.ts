import semver from 'semver';
import type { LockfileKind } from '../../lockfile/model/lockfile.ts';
import type { PackageManager, PackageManagerName } from '../../manager/package-manager.ts';
import type { Manifest } from '../../manifest/manifest.ts';

const NAMES: readonly PackageManagerName[] = ['npm', 'pnpm', 'yarn', 'bun'];

/** Files whose presence tells of a package manager where neither manifest nor lockfile does. */
const CONFIGURATION_FILES: ReadonlyMap<string, PackageManagerName> = new Map([
  ['.yarnrc.yml', 'yarn'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['bunfig.toml', 'bun'],
]);

/** What files of the root other than its manifest say of the manager's version. */
export interface ManagerHints {
  /** `yarnPath` of .yarnrc.yml, else `yarn-path` of .yarnrc. */
  readonly yarnPath?: string | undefined;
  /** Which Yarn wrote the lockfile. */
  readonly yarnLockfile?: 'classic' | 'berry' | undefined;
  /** Of which Yarn the nearest configuration file is, in the root or above it, or the user's own. */
  readonly yarnrc?: 'classic' | 'berry' | undefined;
  /** The version of pnpm that its lockfile has in `packageManagerDependencies`. */
  readonly lockedPnpm?: string | undefined;
}

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
  const yarn = named.name === 'yarn' ? yarnOf(version, fileNames, hints) : undefined;
  return { name: named.name, version, because: named.because, versionFrom, yarn };
}

type Named = Omit<PackageManager, 'yarn'>;

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
  for (const [file, name] of CONFIGURATION_FILES) {
    if (fileNames.has(file)) return named(name, 'configuration');
  }
  return named('npm', 'default');
}

function otherVersion(
  name: PackageManagerName,
  manifest: Manifest | undefined,
  { yarnPath, lockedPnpm }: ManagerHints,
): Pick<PackageManager, 'version' | 'versionFrom'> | undefined {
  const engine = manifest?.devEnginesPackageManager.find((item) => item.name.value === name);
  const candidates: readonly (readonly [PackageManager['versionFrom'], string | undefined])[] = [
    ['devEngines', engine?.version?.value],
    ['yarnPath', name === 'yarn' ? versionInPath(yarnPath) : undefined],
    ['lockfile', name === 'pnpm' ? lockedPnpm : undefined],
    ['volta', manifest?.volta.get(name)?.value],
  ];
  for (const [versionFrom, text] of candidates) {
    const version = exactVersion(text);
    if (version !== undefined) return { version, versionFrom };
  }
  return undefined;
}

/** `4.18.0` of `.yarn/releases/yarn-4.18.0.cjs`. */
function versionInPath(path: string | undefined): string | undefined {
  return /(?:^|[/\\])yarn-([^/\\]{1,100}?)\.c?js$/.exec(path ?? '')?.[1];
}

/** Yarn 1 and the later ones share a name and little else. */
function yarnOf(
  version: string | undefined,
  fileNames: ReadonlySet<string>,
  { yarnLockfile, yarnrc }: ManagerHints,
): PackageManager['yarn'] {
  if (version !== undefined) return semver.major(version) < 2 ? 'classic' : 'berry';
  if (yarnLockfile !== undefined) return yarnLockfile;
  if (fileNames.has('.yarnrc.yml')) return 'berry';
  return fileNames.has('.yarnrc') ? 'classic' : yarnrc;
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
