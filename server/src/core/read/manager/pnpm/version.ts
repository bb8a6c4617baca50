import { majorOf } from '../version.ts';

/** Returns the major version; where none is written down, the one that most have who write such a lockfile. */
export function pnpmMajor({
  manager,
  lockfile,
}: {
  readonly manager: { readonly version: string | undefined };
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}): number {
  return majorOf(manager.version) ?? (lockfile?.recordsInstallScripts === true ? 9 : 11);
}
