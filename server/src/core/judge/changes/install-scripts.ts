import type { Manifest } from '../../read/manifest/manifest.ts';
import { rememberOf } from '../../read/text/remember-of.ts';
import { reachedScripts } from './script-references.ts';

/** What all package managers run, in packages and members alike; Yarn from 2 on and links of npm leave some out. */
const EVERYWHERE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
/** Before an install of pnpm. */
const OF_PNPM = ['pnpm:devPreinstall'];
/** In the root, up to npm 12 and in Yarn 1. */
const PREPUBLISH = 'prepublish';
/** In the root, whenever npm changed node_modules. */
const OF_NPM = ['predependencies', 'dependencies', 'postdependencies'];

/** All of these: which of two objects of scripts counts is for each package manager's reader to say. */
export const LIFECYCLE: ReadonlySet<string> = new Set([...EVERYWHERE, ...OF_PNPM, PREPUBLISH, ...OF_NPM]);

/** The package manager as far as it decides which scripts run. */
export interface ScriptRunner {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly yarn: 'classic' | 'berry' | undefined;
}

/** Returns the scripts of a manifest that an install of any package manager may run. */
export const installScripts: (manifest: Manifest) => ReadonlySet<string> = rememberOf(({ scripts }) =>
  reachedScripts(scripts, [...LIFECYCLE], true),
);

/** Returns the scripts of a manifest that an install runs with this package manager. */
export function installScriptsOf(
  { scripts }: Manifest,
  runner: ScriptRunner,
  isRoot: boolean,
): ReadonlySet<string> {
  return reachedScripts(scripts, lifecycleScripts(runner, isRoot), !isBerry(runner));
}

/** Returns the names of the scripts that an install with this package manager runs by itself. */
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
