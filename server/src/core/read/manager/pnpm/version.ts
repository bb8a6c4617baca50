import { majorOf } from '../version.ts';

/** The first version that reads `allowBuilds`. */
export const ALLOW_BUILDS_SINCE = '10.26.0';

/** Returns the major version; if unknown, the most common one for this kind of lockfile. */
export function pnpmMajor({
  manager,
  lockfile,
}: {
  readonly manager: { readonly version: string | undefined };
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}): number {
  return majorOf(manager.version) ?? (lockfile?.recordsInstallScripts === true ? 9 : 11);
}
