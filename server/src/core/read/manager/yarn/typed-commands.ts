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

/** Of Yarn 1 and of later ones. Source: `yarn <command> --help`. */
const OPTIONS: OptionWords = {
  flags: wordSet(
    '-D --dev -P --peer -O --optional -E --exact -T --tilde -C --caret -F --fixed -i --interactive --cached --json -q',
    '--prefer-dev --immutable --immutable-cache --check-cache --check-resolutions --refresh-lockfile --inline-builds',
    '-A --all -R --recursive --production --frozen-lockfile --force --ignore-scripts --ignore-engines --offline --flat',
    '--prefer-offline --silent -s --verbose --non-interactive --pure-lockfile -W --ignore-workspace-root-check --latest',
    '-L --check --quiet --time-gate --har --focus --audit',
  ),
  values: wordSet('--mode -p --package --pattern -m --network-timeout --network-concurrency --mutex --scope'),
  elsewhere: wordSet('--cwd --registry --modules-folder --cache-folder --use-yarnrc --otp'),
};

const ADD = wordSet('add up upgrade');
const REMOVE = wordSet('remove unlink dedupe');
const LOCAL = wordSet('link import');

const LOCK_ONLY = ['--mode=update-lockfile'];
/** Options with which Yarn would refuse to change the lockfile, or ask. */
const DROPPED = wordSet(
  '--immutable --immutable-cache --frozen-lockfile --check-cache --mode -i --interactive --json',
);

/** Yarn 1 shares the program with later ones, so that only `yarn --version` says which it is. */
export const yarnTyped: TypedCommands = {
  programs: ['yarn', 'yarnpkg'],
  installWords: [
    ...['install', ...ADD, ...REMOVE, ...LOCAL],
    ...['dlx', 'create', 'global', 'workspace', 'workspaces', 'set', 'plugin', 'upgrade-interactive'],
  ],
  resolver: 'yarn',
  environment: {
    YARN_IGNORE_PATH: '1',
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_CONSTRAINTS_CHECKS: 'false',
    YARN_NODE_LINKER: 'node-modules',
    // Archives that are hashed for the lockfile stay in the copy.
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    YARN_CACHE_FOLDER: './.yarn/cache',
    COREPACK_ENABLE_UNSAFE_CUSTOM_URLS: '0',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
    COREPACK_ENV_FILE: '0',
    npm_config_git: 'git',
  },
  unsafe: /^(?:git|shell|script-shell|node-options|prefix|cache|userconfig|globalconfig)$/i,
  refused: /^(?:plugins|lockfileFilename|virtualFolder|installStatePath|injectEnvironmentFiles)(?:\.|$)/,
  hooks: [],
  emptyLockfile: 'yarn.lock',
  read: (_, args) => readYarn(args, []),
  unableToResolve: (version) =>
    /^[0-2]\./.test(version) ? 'Yarn before 3 has no command that only writes the lockfile' : undefined,
};

/** @param before the words of `workspace <name>` */
function readYarn(args: readonly string[], before: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS);
  const [command = 'install', ...specs] = words.plain;
  const place = words.places[0] ?? args.length;
  const rest = [...args.slice(0, place), ...args.slice(place + 1)];
  if (command === 'install') return installAll(words, before);
  if (command === 'dlx') return readOnce(rest);
  if (command === 'create') {
    const [name] = specs;
    return name === undefined ? { type: 'other' } : once([initializerOf(name)], words);
  }
  if (command === 'workspace' && specs[0] !== undefined) {
    const at = words.places[1]! + 1;
    const own = typedWords(args.slice(0, at), OPTIONS);
    return refusalOf(own, []) ?? readYarn(args.slice(at), ['workspace', specs[0]]);
  }
  if (command === 'workspaces') return specs[0] === 'focus' ? installAll(words, []) : { type: 'other' };
  if (command === 'global')
    return specs[0] === 'add' || specs[0] === 'upgrade'
      ? refused('Yarn 1 has no command that only writes the lockfile', 'install it with npm')
      : { type: 'other' };
  if ((command === 'set' && specs[0] === 'version') || (command === 'plugin' && specs[0] === 'import'))
    return refused(`${command} ${specs[0]} installs programs`, 'run it without guard');
  if (LOCAL.has(command) || command === 'upgrade-interactive')
    return refused(`what ${command} installs is not known beforehand`, 'run it without guard');
  if (REMOVE.has(command)) return installAll(words, before);
  if (!ADD.has(command)) return { type: 'other' };
  const wrong = refusalOf(words, specs);
  if (wrong !== undefined) return wrong;
  if (command !== 'add' && hasFlag(words, '-i', '--interactive'))
    return refused('an interactive update chooses packages later', 'name the packages to update');
  const typed = withoutOptions([...before, ...args], DROPPED, OPTIONS);
  return project(specs, withOptions(typed, LOCK_ONLY));
}

function installAll(words: ReturnType<typeof typedWords>, before: readonly string[]): TypedCommand {
  const wrong = refusalOf({ ...words, unclear: undefined }, []);
  if (wrong !== undefined) return wrong;
  const isFrozen = hasFlag(words, '--immutable') || hasFlag(words, '--frozen-lockfile');
  if (isFrozen && before.length === 0) return { ...project([], []), isFrozen: true };
  return project([], ['install', ...LOCK_ONLY]);
}

function readOnce(args: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS, 1);
  const named = valuesOf(words, '-p', '--package');
  const [program] = words.plain;
  const specs = named.length > 0 ? named : program === undefined ? [] : [program];
  return specs.length === 0 ? { type: 'other' } : once(specs, words);
}

function once(specs: readonly string[], words: ReturnType<typeof typedWords>): TypedCommand {
  return refusalOf(words, specs) ?? { ...project(specs, ['add', ...specs, ...LOCK_ONLY]), place: 'once' };
}
