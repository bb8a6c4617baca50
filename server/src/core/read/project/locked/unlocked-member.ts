import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import type { PnpmLockfile } from '../../lockfile/pnpm/read-pnpm-lockfile.ts';
import { isPnpmLockfile } from '../../lockfile/pnpm/read-pnpm-lockfile.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import { effectiveDependencies, isInstalled } from '../../manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency } from '../../manifest/manifest.ts';
import { isRushLockfile } from '../manager/rush.ts';
import { pnpmPackages, readPnpmClaims } from '../members/pnpm-claims.ts';
import { readWorkspaceClaims } from '../members/workspace-claims.ts';
import type { Project } from '../project.ts';
import { pnpmRecords } from './pnpm-records.ts';

/** A workspace member that its lockfile was created without, so that a frozen install fails. */
export interface UnlockedMember {
  /** Relative to the project's root. */
  readonly path: string;
  readonly name: string | undefined;
  /** The number of its dependencies that the lockfile would record. */
  readonly dependencies: number;
}

/**
 * Returns a manifest's member if the lockfile lacks it. Only members according to the lockfile's own package manager
 * count: npm and Yarn then fail whatever it declares, pnpm only if it declares dependencies, and Bun skips a member
 * without a name. Formats that do not record members give undefined.
 */
export function unlockedMember(
  lockfile: Lockfile,
  manifest: Manifest,
  project: Pick<Project, 'members' | 'rootManifest' | 'pnpmWorkspace' | 'npmConfig'>,
): UnlockedMember | undefined {
  const path = project.members.get(manifest.uri)?.path;
  if (path === undefined || path === '' || lockfile.status !== 'checked') return undefined;
  const { importers } = lockfile;
  if (importers.size === 0 || importers.has(path) || isRushLockfile(lockfile)) return undefined;
  // An incomplete manifest is being typed.
  if (manifest.rootSpan === undefined || manifest.problems.length > 0) return undefined;
  const name = manifest.name?.value;
  if (!specOfLockfile(lockfile.format).lockfile.recordsNamelessMembers && !name) return undefined;
  if (isPnpmLockfile(lockfile)) {
    if (!isClaimedByPnpm(path, project)) return undefined;
    const dependencies = recordedByPnpm(lockfile, manifest);
    return dependencies === 0 ? undefined : { path, name, dependencies };
  }
  const patterns = project.rootManifest?.workspaces?.patterns.map(({ value }) => value) ?? [];
  if (!readWorkspaceClaims(patterns).claims(path)) return undefined;
  return { path, name, dependencies: effectiveDependencies(manifest).length };
}

/** Does not apply if each member has a lockfile of its own. */
function isClaimedByPnpm(
  path: string,
  { pnpmWorkspace, npmConfig }: Pick<Project, 'pnpmWorkspace' | 'npmConfig'>,
): boolean {
  const packages = pnpmWorkspace === undefined ? undefined : pnpmPackages(pnpmWorkspace);
  if (packages === 'unread' || !readPnpmClaims(packages).claims(path)) return false;
  return !keepsLockfilePerMember({ pnpmWorkspace, npmConfig });
}

/** Checks whether pnpm is configured to keep a lockfile in each member. */
export function keepsLockfilePerMember({
  pnpmWorkspace,
  npmConfig,
}: Pick<Project, 'pnpmWorkspace' | 'npmConfig'>): boolean {
  const shared = pnpmWorkspace?.setting('sharedWorkspaceLockfile')?.value;
  if (shared?.type === 'scalar') return shared.value === false;
  return npmConfig.get('shared-workspace-lockfile')?.value === 'false';
}

/** Returns how many of a manifest's dependencies pnpm would record; none if a hook may have removed them. */
function recordedByPnpm({ main }: PnpmLockfile, manifest: Manifest): number {
  const settings = main?.settings;
  if (settings === undefined || settings.pnpmfileChecksum !== undefined) return 0;
  const recordOf = pnpmRecords(manifest, settings);
  const installsPeers = settings.settings.some(
    ({ key, value }) => key.value === 'autoInstallPeers' && value.value === 'true',
  );
  const isWritten = (dependency: ManifestDependency) =>
    dependency.section === 'peerDependencies'
      ? isInstalled(manifest, dependency)
      : recordOf(dependency) !== 'nowhere';
  return effectiveDependencies(manifest, { peers: installsPeers }).filter(isWritten).length;
}
