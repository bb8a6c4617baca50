import type { SettingDefinition, SettingDefinitions } from '../model/setting-definition.ts';
import { NPM_SETTINGS } from './npm-settings.ts';

/** The first versions of newer settings. Source: npm's change log. */
const SINCE: Readonly<Record<string, string>> = {
  'min-release-age': '11.10.0',
  'min-release-age-exclude': '11.17.0',
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'min-release-age': 'Days since publication before a version is installed.',
  'min-release-age-exclude': 'Packages that are exempt from the cooldown.',
  before: 'Installs only versions that were published before this date.',
  'ignore-scripts': 'Runs no lifecycle scripts, neither of the project nor of packages.',
  'allow-scripts': 'The packages whose install scripts run.',
  'strict-allow-scripts': 'Fails an install with unreviewed install scripts.',
  'dangerously-allow-all-scripts': 'Runs the install scripts of all packages.',
  'allow-git': 'Which packages may be installed from git: all, those of package.json (root), or none.',
  'allow-remote': 'Which packages may be installed from URLs: all, those of package.json (root), or none.',
  'allow-file': 'Which packages may be installed from files: all, those of package.json (root), or none.',
  'allow-directory':
    'Which packages may be installed from folders: all, those of package.json (root), or none.',
  audit: 'Asks the registry for known vulnerabilities during an install.',
  'audit-level': 'The lowest severity with which npm audit fails.',
  ca: 'A certificate authority for registries, in place of all others.',
  cafile: 'A file with certificate authorities for registries.',
  'strict-ssl': 'Verifies the certificates of registries.',
  registry: 'The default registry.',
  proxy: 'The proxy for requests without encryption.',
  'https-proxy': 'The proxy for encrypted requests.',
  noproxy: 'Hosts that are asked without a proxy.',
  'package-lock': 'Reads and writes package-lock.json.',
  'save-exact': 'Writes exact versions to package.json.',
  'save-prefix': 'The range that is written to package.json.',
  'engine-strict': 'Fails on packages that do not support this Node.js.',
  'legacy-peer-deps': 'Ignores peer dependencies.',
  'strict-peer-deps': 'Fails an install with conflicting peer dependencies.',
  force: 'Continues in spite of conflicts and other safeguards.',
  fund: 'Shows how many packages ask for funding.',
  git: 'The git program that npm runs.',
  shell: 'The shell of npm explore.',
  'script-shell': 'The shell that runs scripts.',
  'node-options': 'Options of Node.js for scripts.',
  editor: 'The editor of npm edit.',
  'init-module': 'A module that npm init runs.',
  prefix: 'Where global packages are installed.',
  cache: 'The folder of the cache.',
  omit: 'Kinds of dependencies that are not installed.',
  include: 'Kinds of dependencies that are installed in spite of omit.',
  'install-links': 'Copies dependencies on folders instead of linking them.',
  'install-strategy': 'How packages are laid out in node_modules.',
  provenance: 'Publishes provenance.',
  'replace-registry-host': 'Which hosts in the lockfile are replaced by the registry.',
  'lockfile-version': 'The format of package-lock.json.',
  workspaces: 'Whether commands apply to all workspaces.',
  access: 'The visibility of published packages.',
  'fetch-retries': 'How often a request is repeated.',
  loglevel: 'What npm prints.',
  'prefer-offline': 'Uses the cache without asking whether it is current.',
  offline: 'Makes no requests.',
};

/** What replaces a deprecated setting. */
const REPLACED: Readonly<Record<string, string>> = {
  also: 'include=dev',
  'cache-max': 'prefer-online',
  'cache-min': 'prefer-offline',
  dev: 'include=dev',
  'global-style': 'install-strategy=shallow',
  'init.author.email': 'init-author-email',
  'init.author.name': 'init-author-name',
  'init.author.url': 'init-author-url',
  'init.license': 'init-license',
  'init.module': 'init-module',
  'init.version': 'init-version',
  'legacy-bundling': 'install-strategy=nested',
  only: 'omit=dev',
  optional: 'omit=optional',
  production: 'omit=dev',
};

let definitions: SettingDefinitions | undefined;

/** Returns the settings of .npmrc that npm knows, which are read when they are first needed: not every start needs them. */
export function npmDefinitions(): SettingDefinitions {
  definitions ??= Object.fromEntries(NPM_SETTINGS.trim().split('\n').map(readDefinition));
  return definitions;
}

function readDefinition(line: string): readonly [string, SettingDefinition] {
  const [key = '', types = '', value = ''] = line.split('\t');
  const [since, description, replacedBy] = [SINCE[key], DESCRIPTIONS[key], REPLACED[key]];
  return [
    key,
    {
      type: types.split('|').map((type) => (type === 'array' ? 'list' : type)),
      ...(value === '' ? {} : { default: JSON.parse(value) as unknown }),
      ...(line.endsWith('\tdeprecated') && replacedBy !== undefined ? { replacedBy } : {}),
      ...(since === undefined ? {} : { since }),
      ...(description === undefined ? {} : { description }),
    },
  ];
}
