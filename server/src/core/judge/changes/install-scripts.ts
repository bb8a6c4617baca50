import type { Manifest } from '../../read/manifest/manifest.ts';
import { rememberOf } from '../../read/text/remember-of.ts';
import { reachedScripts } from './script-references.ts';

/** Run by all package managers, in packages and members alike; Yarn 2 and later, and npm for links, skip some. */
const EVERYWHERE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
/** Run before an install by pnpm. */
const OF_PNPM = ['pnpm:devPreinstall'];
/** Run in the root, by npm before 12 and by Yarn 1. */
const PREPUBLISH = 'prepublish';
/** Run in the root whenever npm changed node_modules. */
const OF_NPM = ['predependencies', 'dependencies', 'postdependencies'];

/** What decides which scripts a package manager runs. */
export interface ScriptRunner {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly yarn: 'classic' | 'berry' | undefined;
}

/** Returns the scripts of a manifest that an install with any package manager may run. */
export const installScripts: (manifest: Manifest) => ReadonlySet<string> = rememberOf(({ scripts }) =>
  reachedScripts(scripts, [...EVERYWHERE, ...OF_PNPM, PREPUBLISH, ...OF_NPM], true),
);

/** Returns the scripts of a manifest that an install with this package manager runs. */
export function installScriptsOf(
  { scripts }: Manifest,
  runner: ScriptRunner,
  isRoot: boolean,
): ReadonlySet<string> {
  return reachedScripts(scripts, lifecycleScripts(runner, isRoot), !isBerry(runner));
}

/** Returns the names of the lifecycle scripts that an install with this package manager runs. */
export function lifecycleScripts(runner: ScriptRunner, isRoot: boolean): readonly string[] {
  const { name } = runner;
  return [
    ...EVERYWHERE,
    ...(name === 'pnpm' ? OF_PNPM : []),
    ...(isRoot && (name === 'npm' || (name === 'yarn' && !isBerry(runner))) ? [PREPUBLISH] : []),
    ...(isRoot && name === 'npm' ? OF_NPM : []),
  ];
}

function isBerry({ name, yarn }: ScriptRunner): boolean {
  return name === 'yarn' && yarn === 'berry';
}
