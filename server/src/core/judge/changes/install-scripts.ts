import { MANAGERS, specOf } from '../../read/manager/managers.ts';
import type { ManagerKind } from '../../read/manager/package-manager.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import { reachedScripts } from './script-references.ts';

type Runner = ManagerKind;

/** The lifecycle scripts of all package managers. Their readers decide which of two objects with scripts counts. */
export const LIFECYCLE: ReadonlySet<string> = new Set([
  ...MANAGERS.flatMap(({ scripts }) => scripts.lifecycle),
  ...MANAGERS.flatMap(({ scripts }) => scripts.lifecycleOfRoot),
]);

/** Returns the scripts of a manifest that an install with any package manager may run. */
export const installScripts: (manifest: Manifest) => ReadonlySet<string> = memoizeOf(({ scripts }) =>
  reachedScripts(scripts, [...LIFECYCLE], true),
);

/** Returns the scripts of a manifest that an install with this package manager runs. */
export function installScriptsOf(
  { scripts }: Manifest,
  runner: Runner,
  isRoot: boolean,
): ReadonlySet<string> {
  return reachedScripts(scripts, lifecycleScripts(runner, isRoot), specOf(runner).scripts.runsPreAndPost);
}

/** Returns the names of the lifecycle scripts that an install with this package manager runs. */
export function lifecycleScripts(runner: Runner, isRoot: boolean): readonly string[] {
  const { lifecycle, lifecycleOfRoot } = specOf(runner).scripts;
  return isRoot ? [...lifecycle, ...lifecycleOfRoot] : lifecycle;
}
