import {
  declaredPackages,
  lockedPackages,
  type PackageVersions,
} from '../../core/know/advisory/locked-packages.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { EngineSettings } from '../settings.ts';
import { sameArray, sameMap } from '../units/equality.ts';

/** The source of a project's packages: its lockfile, or its manifests if it has none. */
export interface PackageFiles {
  readonly lockfile: Project['lockfile'];
  readonly manifests: readonly Manifest[];
  /**
   * For manifests, the same map as before until an edit changes it; undefined for a lockfile, which is not searched
   * here.
   */
  readonly declared: PackageVersions | undefined;
}

const sameItems = sameArray<unknown>(Object.is);
const sameTexts = sameArray<string>(Object.is);
const samePackages = sameMap(sameTexts);

export function packageFiles(
  { lockfile }: Project,
  files: ReadonlyMap<Uri, CheckedFile>,
  before: PackageFiles | undefined,
): PackageFiles {
  if (lockfile !== undefined) return { lockfile, manifests: [], declared: undefined };
  const manifests = [...files.values()].filter((file) => file.kind === 'manifest');
  if (before?.declared !== undefined && sameItems(before.manifests, manifests)) return before;
  const declared = declaredPackages(manifests);
  const isSame = before?.declared !== undefined && samePackages(before.declared, declared);
  return { lockfile, manifests, declared: isSame ? before.declared : declared };
}

/**
 * Returns everything that determines a project's packages and the sources that are queried about them.
 * Equal inputs give the same result.
 */
export function askedInputs(
  { npmConfig, policy, memberNames, exoticNames, scopeEvidence }: Project,
  { lockfile, declared }: PackageFiles,
  { online, trusted }: EngineSettings,
): readonly unknown[] {
  return [lockfile, declared, npmConfig, policy, memberNames, exoticNames, scopeEvidence, online, trusted];
}

/** Returns the packages, computed once per lockfile object (an edit creates another one). */
export function packagesIn({ lockfile, declared }: PackageFiles): PackageVersions {
  return declared ?? (lockfile === undefined ? new Map() : lockedPackages(lockfile));
}
