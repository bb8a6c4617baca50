import type { ManagerSpec } from './manager-spec.ts';
import { MANAGERS, specNamed } from './managers.ts';
import type { LockfileKind } from './model/files.ts';
import type { PackageManagerName } from './package-manager.ts';

const NAMES = new Map(MANAGERS.flatMap(({ name, files }) => files.lockfiles.map(({ kind }) => [kind, name])));

/** Returns the specification of the package manager with this kind of lockfile: for Yarn that of Yarn 2 and later. */
export function specOfLockfile(kind: LockfileKind): ManagerSpec {
  return specNamed(managerOfLockfile(kind));
}

/** Returns the name of the package manager that writes this kind of lockfile. */
export function managerOfLockfile(kind: LockfileKind): PackageManagerName {
  return NAMES.get(kind)!;
}
