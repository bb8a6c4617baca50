import type { TypedCommand, TypedCommands } from '../model/typed-commands.ts';
import { initializerOf, project, refusalOf, refused } from '../model/typed-forms.ts';
import {
  hasFlag,
  type OptionWords,
  typedWords,
  valuesOf,
  withOptions,
  withoutOptions,
  wordSet,
} from '../model/typed-words.ts';

/** Source: `pnpm help`. */
const OPTIONS: OptionWords = {
  flags: wordSet(
    '-w --workspace-root -r --recursive -D --save-dev -P --prod --save-prod -O --save-optional -E --save-exact -g',
    '--save-peer --global --frozen-lockfile --offline --prefer-offline --prefer-frozen-lockfile --lockfile-only --force',
    '--ignore-scripts --ignore-pnpmfile --shamefully-hoist -L --latest --workspace --save-catalog --silent -s -d --dev',
    '--fix-lockfile --optional -c --shell-mode --aggregate-output --stream --parallel --color --use-stderr --save --merge-git-branch-lockfiles',
    '--ignore-workspace-root-check --ignore-workspace --strict-peer-dependencies --side-effects-cache --yes -y --resolution-only -i --interactive',
  ),
  values: wordSet(
    '-F --filter --filter-prod --reporter --loglevel --store-dir --package --workspace-concurrency --network-concurrency',
    '--resolution-mode --node-linker --save-catalog-name --allow-build --cpu --os --libc --depth --save-prefix --tag',
    '--child-concurrency --hoist-pattern --public-hoist-pattern --minimum-release-age --virtual-store-dir --changed-files-ignore-pattern',
  ),
  elsewhere: wordSet('-C --dir --registry --lockfile-dir --modules-dir --userconfig --global-dir --config'),
};

const INSTALL = wordSet('install i');
const ADD = wordSet('add');
const CLEAN = wordSet('ci clean-install ic install-clean fetch');
const UPDATE = wordSet('update up upgrade');
const REMOVE = wordSet('remove rm uninstall un prune');
const LOCAL = wordSet('link ln deploy import');
const ITSELF = wordSet('self-update env runtime rt');

const LOCK_ONLY = ['--lockfile-only', '--ignore-scripts', '--ignore-pnpmfile'];
/** Options of an install that would end without a lockfile, or with a question. */
const DROPPED = wordSet('--frozen-lockfile --offline --fix-lockfile --resolution-only -i --interactive');

export const pnpmTyped: TypedCommands = {
  programs: ['pnpm', 'pnpx', 'pnx'],
  installWords: [
    ...[...INSTALL, ...ADD, ...CLEAN, ...UPDATE, ...REMOVE, ...LOCAL, ...ITSELF],
    ...['dlx', 'create', 'dedupe', 'audit'],
  ],
  resolver: 'pnpm',
  environment: {
    // Otherwise pnpm downloads and starts the version that `packageManager` names, from the project's registry.
    npm_config_manage_package_manager_versions: 'false',
    pnpm_config_manage_package_manager_versions: 'false',
    pnpm_config_pm_on_fail: 'ignore',
    npm_config_package_manager_strict: 'false',
    npm_config_ignore_scripts: 'true',
    pnpm_config_ignore_scripts: 'true',
    npm_config_ignore_pnpmfile: 'true',
    pnpm_config_ignore_pnpmfile: 'true',
    npm_config_frozen_lockfile: 'false',
    pnpm_config_frozen_lockfile: 'false',
    npm_config_git: 'git',
    npm_config_node_options: '',
  },
  unsafe:
    /^(?:git|shell|script-?shell|node-?options|prefix|cache|userconfig|globalconfig|token-?helper|pnpmfile|global-?pnpmfile|ignore-?pnpmfile|use-?node-?version|lockfile|lockfile-?dir|package-lock|git-branch-lockfile|merge-git-branch-lockfiles.*|modules-?dir|virtual-?store-?dir|npm-?path)$/i,
  refused:
    /^(?:configDependencies|lockfileDir|gitBranchLockfile|npmPath|tokenHelper|pnpmfile|globalPnpmfile|useNodeVersion|executionEnv)(?:\.|$)/,
  hooks: ['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js', 'pnpmfile.cjs'],
  emptyLockfile: undefined,
  read: (program, args) => (program === 'pnpm' ? readPnpm(args) : readOnce(args)),
  unableToResolve: (version) => (/^[0-5]\./.test(version) ? 'pnpm before 6 is not supported' : undefined),
};

function readPnpm(args: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS);
  const [command, ...specs] = words.plain;
  if (command === undefined) return { type: 'other' };
  const place = words.places[0]!;
  const rest = [...args.slice(0, place), ...args.slice(place + 1)];
  if (command === 'dlx') return readOnce(rest);
  if (command === 'create') {
    const [name] = specs;
    return name === undefined ? { type: 'other' } : once([initializerOf(name)], words);
  }
  if (LOCAL.has(command))
    return refused(`${command} takes packages from other places than the lockfile`, 'run it without guard');
  if (ITSELF.has(command)) return refused(`${command} installs programs`, 'run it without guard');
  const isFix = command === 'audit' && hasFlag(words, '--fix');
  if (REMOVE.has(command) || command === 'dedupe' || isFix)
    return refusalOf({ ...words, unclear: undefined }, []) ?? project([], ['install', ...LOCK_ONLY]);
  if (![INSTALL, ADD, CLEAN, UPDATE].some((names) => names.has(command))) return { type: 'other' };
  const wrong = refusalOf(words, specs);
  if (wrong !== undefined) return wrong;
  if (UPDATE.has(command) && hasFlag(words, '-i', '--interactive'))
    return refused('an interactive update chooses packages later', 'name the packages to update');
  if (hasFlag(words, '-g', '--global')) {
    if (specs.length === 0) return refused('it names no package', 'name the package with its version');
    return { ...project(specs, ['add', ...specs, ...LOCK_ONLY]), place: 'global' };
  }
  if (CLEAN.has(command) || (specs.length === 0 && hasFlag(words, '--frozen-lockfile')))
    return { ...project([], []), isFrozen: true };
  const word = UPDATE.has(command) ? 'update' : specs.length > 0 ? 'add' : 'install';
  const typed = [...rest.slice(0, place), word, ...rest.slice(place)];
  return project(specs, withOptions(withoutOptions(typed, DROPPED, OPTIONS), LOCK_ONLY));
}

function readOnce(args: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS, 1);
  const named = valuesOf(words, '--package');
  const [program] = words.plain;
  const specs = named.length > 0 ? named : program === undefined ? [] : [program];
  return specs.length === 0 ? { type: 'other' } : once(specs, words);
}

function once(specs: readonly string[], words: ReturnType<typeof typedWords>): TypedCommand {
  return refusalOf(words, specs) ?? { ...project(specs, ['add', ...specs, ...LOCK_ONLY]), place: 'once' };
}
