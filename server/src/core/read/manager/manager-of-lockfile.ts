import type { ManagerSpec } from './manager-spec.ts';
import { MANAGERS, specNamed } from './managers.ts';
import type { LockfileKind } from './model/manager-files.ts';
import type { PackageManagerName } from './package-manager.ts';

const NAMES = new Map(MANAGERS.flatMap(({ name, files }) => files.lockfiles.map(({ kind }) => [kind, name])));

/** Returns the package manager that writes lockfiles of a kind; of Yarn for what is the same in all versions of it. */
export function specOfLockfile(kind: LockfileKind): ManagerSpec {
  return specNamed(managerOfLockfile(kind));
}

/** Returns the name of the package manager that writes lockfiles of a kind. */
export function managerOfLockfile(kind: LockfileKind): PackageManagerName {
  return NAMES.get(kind)!;
}
