import type { TypedCommand, TypedCommands } from '../model/typed-commands.ts';
import { initializerOf, project, refusalOf, refused } from '../model/typed-forms.ts';
import {
  hasFlag,
  type OptionWords,
  typedWords,
  valuesOf,
  withOptions,
  wordSet,
} from '../model/typed-words.ts';

/** Options that take no value, and those that take one. Source: npm's own definitions. */
const OPTIONS: OptionWords = {
  flags: wordSet(
    '-g --global -D --save-dev -S --save -P --save-prod -O --save-optional -B --save-bundle --save-peer -E --save-exact',
    '-f --force -y --yes -n --legacy-peer-deps --strict-peer-deps --ignore-scripts --audit --fund --package-lock',
    '--package-lock-only --dry-run --foreground-scripts --prefer-offline --prefer-online --offline --prefer-dedupe',
    '--install-links --silent -s --quiet -q --verbose -d -dd -ddd --json --workspaces --include-workspace-root --color',
    '--bin-links --engine-strict --global-style --legacy-bundling --progress --production --dev --optional --timing',
    '--strict-allow-scripts --dangerously-allow-all-scripts',
  ),
  values: wordSet(
    '-w --workspace --tag --loglevel --omit --include --save-prefix --before --min-release-age --install-strategy',
    '--min-release-age-exclude --cache --otp --cpu --os --libc --script-shell --node-options --https-proxy --proxy',
    '--noproxy --fetch-retries --fetch-timeout --maxsockets -c --call -p --package --depth --audit-level --only --also',
    '--allow-git --allow-remote --allow-file --allow-directory --allow-scripts --lockfile-version --cafile --location',
  ),
  elsewhere: wordSet('--prefix -C --registry --userconfig --globalconfig --scope'),
};

/** The commands with their abbreviations and misspellings that npm accepts. */
const INSTALL = wordSet('install add i in ins inst insta instal isnt isnta isntal isntall install-test it');
const CLEAN = wordSet(
  'ci clean-install ic install-clean isntall-clean install-ci-test cit clean-install-test sit',
);
const UPDATE = wordSet('update up upgrade udpate');
const REMOVE = wordSet('uninstall unlink remove rm r un dedupe ddp prune');
const EXEC = wordSet('exec x');
const CREATE = wordSet('init create innit');
const LINK = wordSet('link ln');

/** Writes the lockfile of the folder and nothing else. */
const LOCK_ONLY = ['--package-lock-only', '--package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];

export const npmTyped: TypedCommands = {
  programs: ['npm', 'npx'],
  installWords: [...INSTALL, ...CLEAN, ...UPDATE, ...REMOVE, ...EXEC, ...CREATE, ...LINK, 'audit'],
  resolver: 'npm',
  environment: {
    // Of the environment, and so stronger than any .npmrc of the project or of a git dependency.
    npm_config_git: 'git',
    npm_config_ignore_scripts: 'true',
    npm_config_update_notifier: 'false',
    npm_config_node_options: '',
  },
  unsafe:
    /^(?:git|shell|script-shell|node-options|init-module|editor|viewer|prefix|cache|userconfig|globalconfig|token-?helper|node-gyp|nodedir|python|extension-file|patches-dir|onload-script|package-lock|shrinkwrap|dry-run|location|global|logs-dir)$/i,
  refused: /^$/,
  hooks: ['.npm-extension.mjs', '.npm-extension.cjs'],
  emptyLockfile: undefined,
  read: (program, args) => (program === 'npx' ? readExec(typedWords(args, OPTIONS, 1)) : readNpm(args)),
  unableToResolve: (version) =>
    /^[0-6]\./.test(version) ? 'npm before 7 runs scripts of git packages' : undefined,
};

function readNpm(args: readonly string[]): TypedCommand {
  const words = typedWords(args, OPTIONS);
  const [command, ...specs] = words.plain;
  if (command === undefined) return { type: 'other' };
  const place = words.places[0]!;
  const rest = [...args.slice(0, place), ...args.slice(place + 1)];
  if (EXEC.has(command)) return readExec(typedWords(rest, OPTIONS));
  if (CREATE.has(command)) {
    const [name] = specs;
    return name === undefined ? { type: 'other' } : once([initializerOf(name)], words);
  }
  if (LINK.has(command)) return refused('link installs folders of this machine', 'run it without guard');
  const isAudit = command === 'audit' && specs[0] === 'fix';
  if (INSTALL.has(command) || UPDATE.has(command)) return install(command, rest, words, specs);
  if (CLEAN.has(command)) return { ...install(command, rest, words, []), ...FROZEN } as TypedCommand;
  if (!REMOVE.has(command) && !isAudit) return { type: 'other' };
  // Both may also install locked packages that are missing.
  const resolve = command === 'prune' ? ['install', ...LOCK_ONLY] : withOptions(args, LOCK_ONLY);
  return refusalOf(words, []) ?? project([], resolve);
}

const FROZEN = { isFrozen: true, resolve: [] };

function install(
  command: string,
  rest: readonly string[],
  words: ReturnType<typeof typedWords>,
  specs: readonly string[],
): TypedCommand {
  const wrong = refusalOf(words, specs);
  if (wrong !== undefined) return wrong;
  if (hasFlag(words, '-g', '--global') || valuesOf(words, '--location').includes('global')) {
    if (specs.length === 0) return refused('it names no package', 'name the package with its version');
    return { ...project(specs, ['install', ...specs, ...LOCK_ONLY]), place: 'global' };
  }
  // `install-test` runs the tests too, which only the command itself may do.
  const word = UPDATE.has(command) ? 'update' : 'install';
  return project(specs, withOptions([word, ...rest], LOCK_ONLY));
}

/** npx passes all words after the first to the command, and `npm exec` only those after `--`. */
function readExec(words: ReturnType<typeof typedWords>): TypedCommand {
  const named = valuesOf(words, '-p', '--package');
  const [program] = words.plain;
  const isShell = valuesOf(words, '-c', '--call').length > 0;
  const isLocal = words.options.some(([name]) => name === '--no' || name === '--no-install');
  if (isLocal || (named.length === 0 && (program === undefined || isShell))) return { type: 'other' };
  const specs = named.length > 0 ? named : [program!];
  return once(specs, words, named.length > 0 ? undefined : program);
}

function once(
  specs: readonly string[],
  words: ReturnType<typeof typedWords>,
  program?: string,
): TypedCommand {
  const wrong = refusalOf(words, specs);
  if (wrong !== undefined) return wrong;
  const found = { ...project(specs, ['install', ...specs, ...LOCK_ONLY]), place: 'once' } as const;
  return program === undefined ? found : { ...found, program };
}
