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

/** Source: `bun <command> --help`. */
const OPTIONS: OptionWords = {
  flags: wordSet(
    '-y --yarn -p --production --save --dry-run --frozen-lockfile -f --force --silent --quiet --verbose --offline -g -D',
    '--prefer-offline --ignore-scripts --trust --global --env-file --save-text-lockfile --lockfile-only -d --dev -i -r',
    '--optional --peer --save-prod -E --exact --only-missing --latest --interactive --recursive --use-system-ca --bun',
    '--use-openssl-ca --use-bundled-ca --no-install --catalog',
  ),
  values: wordSet(
    '--ca --cafile --cache-dir --backend --concurrent-scripts --network-concurrency --omit --linker --cpu --os --libc',
    '--minimum-release-age --minimum-release-age-excludes -F --filter --package',
  ),
  elsewhere: wordSet('--cwd --registry --config -c'),
};
/** Of `bun x`, where `-p` names a package. */
const ONCE: OptionWords = {
  ...OPTIONS,
  flags: new Set([...OPTIONS.flags].filter((name) => name !== '-p')),
  values: new Set([...OPTIONS.values, '-p']),
};

const INSTALL = wordSet('install i add a');
const REMOVE = wordSet('remove rm');
const LOCAL = wordSet('link patch');

const LOCK_ONLY = ['--lockfile-only', '--ignore-scripts'];
const DROPPED = wordSet('--frozen-lockfile --dry-run -y --yarn --no-save --trust -i --interactive --offline');

export const bunTyped: TypedCommands = {
  programs: ['bun', 'bunx'],
  installWords: [...INSTALL, ...REMOVE, ...LOCAL, 'ci', 'update', 'x', 'create', 'c', 'upgrade'],
  resolver: 'bun',
  environment: { npm_config_git: 'git' },
  unsafe: /^(?:git|shell|script-shell|node-options|prefix|cache|userconfig|globalconfig)$/i,
  refused: /^(?:install\.security|install\.lockfile\.save|install\.lockfile\.path)(?:\.|$)/,
  hooks: [],
  emptyLockfile: undefined,
  read: (program, args) => (program === 'bunx' ? readOnce(args) : readBun(args)),
  unableToResolve: (version) =>
    /^(?:0\.|1\.[01]\.)/.test(version)
      ? 'Bun before 1.2 writes a binary lockfile, which is not read'
      : undefined,
};

function readBun(args: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS);
  const [command, ...specs] = words.plain;
  if (command === undefined) return { type: 'other' };
  const place = words.places[0]!;
  const rest = [...args.slice(0, place), ...args.slice(place + 1)];
  if (command === 'x') return readOnce(rest);
  if (command === 'create' || command === 'c') {
    const [name] = specs;
    return name === undefined ? { type: 'other' } : once([initializerOf(name)], words);
  }
  if (command === 'upgrade') return refused('upgrade installs Bun itself', 'run it without guard');
  if (LOCAL.has(command) && (command === 'link' || specs[0] !== undefined))
    return refused(`${command} takes packages from folders of this machine`, 'run it without guard');
  if (REMOVE.has(command))
    return refusalOf({ ...words, unclear: undefined }, []) ?? project([], ['install', ...LOCK_ONLY]);
  if (command === 'ci') return refusalOf(words, []) ?? { ...project([], []), isFrozen: true };
  if (!INSTALL.has(command) && command !== 'update') return { type: 'other' };
  const wrong = refusalOf(words, specs);
  if (wrong !== undefined) return wrong;
  if (hasFlag(words, '-i', '--interactive'))
    return refused('an interactive update chooses packages later', 'name the packages to update');
  if (hasFlag(words, '-g', '--global')) {
    if (specs.length === 0) return refused('it names no package', 'name the package with its version');
    return { ...project(specs, ['add', ...specs, ...LOCK_ONLY]), place: 'global' };
  }
  if (specs.length === 0 && hasFlag(words, '--frozen-lockfile'))
    return { ...project([], []), isFrozen: true };
  return project(specs, withOptions(withoutOptions(args, DROPPED, OPTIONS), LOCK_ONLY));
}

function readOnce(args: readonly string[]): TypedCommand {
  const words = typedWords(args, ONCE, 1);
  const named = valuesOf(words, '-p', '--package');
  const [program] = words.plain;
  if (hasFlag(words, '--no-install')) return { type: 'other' };
  if (named.length === 0 && program === undefined) return { type: 'other' };
  const found = once(named.length > 0 ? named : [program!], words);
  return found.type === 'install' && named.length === 0 ? { ...found, program: program! } : found;
}

function once(specs: readonly string[], words: ReturnType<typeof typedWords>): TypedCommand {
  return refusalOf(words, specs) ?? { ...project(specs, ['add', ...specs, ...LOCK_ONLY]), place: 'once' };
}
