import { BUN, type Files, NPM, PNPM, PNPM_LOCK, SHOP, YARN } from './changed-code.ts';

export interface Case {
  readonly title: string;
  readonly base: Files;
  readonly change: Files;
  readonly found: readonly string[];
  /** The path in `diff`, if it differs from that of the finding. */
  readonly diff?: string;
}

/** With packages for certain systems only, of which Yarn records no hash. */
const YARN_WITH_SYSTEMS: Files = {
  ...YARN,
  'yarn.lock': [
    YARN['yarn.lock'],
    ...['linux', 'win32'].map(
      (os) => `"@acme/${os}-x64@npm:1.0.0":
  version: 1.0.0
  resolution: "@acme/${os}-x64@npm:1.0.0"
  conditions: os=${os}
  languageName: node
  linkType: hard
`,
    ),
    `"a@npm:1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  checksum: 10c0/${'01'.repeat(64)}
  languageName: node
  linkType: hard
`,
  ].join('\n'),
};

/** Changes of files that an install runs. */
export const CASES: readonly Case[] = [
  {
    title: 'a new .pnpmfile.cjs',
    base: PNPM,
    change: { '.pnpmfile.cjs': 'evil()\nmore()\n' },
    found: ['.pnpmfile.cjs evil() warning'],
  },
  {
    title: 'a changed .pnpmfile.mjs',
    base: { ...PNPM, '.pnpmfile.mjs': 'good()\n' },
    change: { '.pnpmfile.mjs': 'evil()\r\n' },
    found: ['.pnpmfile.mjs evil() warning'],
  },
  {
    title: 'a file that pnpmfile= names',
    base: { ...PNPM, '.npmrc': 'pnpmfile=tools/hooks.cjs\n', 'tools/hooks.cjs': 'good()\n' },
    change: { 'tools/hooks.cjs': 'evil()\n' },
    found: ['.npmrc tools/hooks.cjs warning'],
    diff: 'tools/hooks.cjs',
  },
  {
    title: 'a list of packages whose scripts run',
    base: {
      ...PNPM,
      'package.json': { ...SHOP, pnpm: { onlyBuiltDependenciesFile: 'allowed.json' } },
      'allowed.json': '[]\n',
    },
    change: { 'allowed.json': '["a"]\n' },
    found: ['package.json "allowed.json" warning'],
    diff: 'allowed.json',
  },
  {
    title: 'a file that pnpm-workspace.yaml names twice',
    base: {
      ...PNPM,
      'pnpm-workspace.yaml': "pnpmfile: './hooks.cjs'\n",
      '.npmrc': 'pnpmfile=hooks.cjs\n',
      'hooks.cjs': 'good()\n',
    },
    change: { 'hooks.cjs': 'evil()\n' },
    found: ['.npmrc hooks.cjs warning'],
    diff: 'hooks.cjs',
  },
  {
    title: 'a planted archive of a package that yarn.lock has no hash of',
    base: YARN_WITH_SYSTEMS,
    change: {
      '.yarn/cache/@acme-linux-x64-npm-1.0.0-0123456789-10c0.zip': 'evil\n',
      '.yarn/cache/@acme-win32-x64-npm-1.0.0-0123456789-10c0.zip': 'evil\n',
      '.yarn/cache/a-npm-1.0.0-0123456789-0123456789.zip': 'verified by Yarn\n',
      '.yarn/cache/b-npm-1.0.0-0123456789-10c0.zip': 'of no entry\n',
    },
    found: ['.yarn/cache/@acme-linux-x64-npm-1.0.0-0123456789-10c0.zip evil warning'],
  },
  {
    title: 'a new archive with an update of such a package',
    base: YARN_WITH_SYSTEMS,
    change: {
      'yarn.lock': (YARN_WITH_SYSTEMS['yarn.lock'] as string).replaceAll('1.0.0', '1.1.0'),
      '.yarn/cache/@acme-linux-x64-npm-1.1.0-0123456789-10c0.zip': 'new\n',
    },
    found: ['.yarn/cache/@acme-linux-x64-npm-1.1.0-0123456789-10c0.zip new information'],
  },
  {
    title: 'a folder with archives of Yarn, and what ranges without a protocol mean',
    base: YARN,
    change: { '.yarnrc.yml': 'cacheFolder: ./vendor\ndefaultProtocol: "file:"\n' },
    found: ['.yarnrc.yml cacheFolder warning', '.yarnrc.yml defaultProtocol warning'],
  },
  {
    title: 'a lockfile in each member of pnpm',
    base: PNPM,
    change: { 'pnpm-workspace.yaml': 'sharedWorkspaceLockfile: false\n' },
    found: ['pnpm-workspace.yaml sharedWorkspaceLockfile warning'],
  },
  {
    title: 'the release that yarnPath names',
    base: {
      ...YARN,
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.0.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': 'a',
    },
    change: { '.yarn/releases/yarn-4.0.0.cjs': 'evil' },
    found: ['.yarnrc.yml .yarn/releases/yarn-4.0.0.cjs warning'],
    diff: '.yarn/releases/yarn-4.0.0.cjs',
  },
  {
    title: 'a patch that a resolution of Yarn names',
    base: {
      ...YARN,
      'package.json': { ...SHOP, resolutions: { a: 'patch:a@npm:1.0.0#~/tools/a.txt' } },
      'tools/a.txt': 'good\n',
    },
    change: { 'tools/a.txt': 'evil\n' },
    found: ['package.json "patch:a@npm:1.0.0#~/tools/a.txt" warning'],
    diff: 'tools/a.txt',
  },
  {
    title: 'a generator that a dependency of Yarn names',
    base: {
      ...YARN,
      'package.json': { ...SHOP, dependencies: { a: 'exec:./make.js' } },
      'make.js': 'good\n',
    },
    change: { 'make.js': 'evil\n' },
    found: ['package.json "exec:./make.js" warning'],
    diff: 'make.js',
  },
  {
    title: 'an archive in the mirror of Yarn 1',
    base: { ...NPM, '.yarnrc': 'yarn-offline-mirror "./mirror"\n', 'mirror/a-1.0.0.tgz': '\0a' },
    change: { 'mirror/a-1.0.0.tgz': '\0b' },
    found: ['mirror/a-1.0.0.tgz  warning'],
  },
  {
    title: 'a package that Yarn keeps unplugged in git',
    base: { ...YARN, '.yarn/unplugged/a-npm-1.0.0/node_modules/a/index.js': 'good\n' },
    change: { '.yarn/unplugged/a-npm-1.0.0/node_modules/a/index.js': 'evil\n' },
    found: ['.yarn/unplugged/a-npm-1.0.0/node_modules/a/index.js evil warning'],
    diff: '.yarn/unplugged/a-npm-1.0.0/node_modules/a',
  },
  {
    title: 'a patch that a script applies, and what it has built in a folder',
    base: {
      ...NPM,
      'package.json': {
        ...SHOP,
        scripts: { postinstall: 'patch -p1 < tools/a.txt', preinstall: 'node-gyp rebuild -C native' },
      },
      'tools/a.txt': 'good\n',
      'native/binding.gyp': '{}\n',
    },
    change: { 'tools/a.txt': 'evil\n', 'native/binding.gyp': '{"targets":[]}\n' },
    found: [
      'package.json "patch -p1 < tools/a.txt" warning',
      'package.json "node-gyp rebuild -C native" warning',
    ],
    diff: 'tools/a.txt',
  },
  {
    title: 'an old package manager that devEngines names first',
    base: NPM,
    change: {
      'package.json': {
        ...SHOP,
        devEngines: { packageManager: { name: 'npm', version: '6.0.0', onFail: 'download' } },
      },
    },
    found: ['package.json "version" warning'],
  },
  {
    title: 'the release of Yarn 1',
    base: {
      ...NPM,
      '.yarnrc': 'yarn-path ".yarn/releases/yarn-1.22.22.cjs"\n',
      '.yarn/releases/yarn-1.22.22.cjs': 'a',
    },
    change: { '.yarn/releases/yarn-1.22.22.cjs': 'evil' },
    found: ['.yarnrc ".yarn/releases/yarn-1.22.22.cjs" warning'],
    diff: '.yarn/releases/yarn-1.22.22.cjs',
  },
  {
    title: 'yarn set version, once',
    base: {
      ...YARN,
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.0.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': 'a',
    },
    change: {
      'package.json': { ...SHOP, packageManager: 'yarn@4.1.0' },
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': null,
      '.yarn/releases/yarn-4.1.0.cjs': 'b',
    },
    found: ['.yarnrc.yml yarnPath warning'],
  },
  {
    title: 'a plugin that .yarnrc.yml names with its origin',
    base: {
      ...YARN,
      '.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/b.cjs\n    spec: https://files.example.test/b.cjs\n',
      '.yarn/plugins/b.cjs': 'a\n',
    },
    change: { '.yarn/plugins/b.cjs': 'evil\n' },
    found: ['.yarnrc.yml .yarn/plugins/b.cjs warning'],
    diff: '.yarn/plugins/b.cjs',
  },
  {
    title: 'a new plugin that nothing names',
    base: YARN,
    change: { '.yarn/plugins/@yarnpkg/c.cjs': 'evil\n' },
    found: ['.yarn/plugins/@yarnpkg/c.cjs evil warning'],
  },
  {
    title: '.env.yarn',
    base: YARN,
    change: { '.env.yarn': 'NODE_OPTIONS=--require ./evil.cjs\n' },
    found: ['.env.yarn NODE_OPTIONS=--require ./evil.cjs warning'],
  },
  {
    title: 'a patch of Yarn',
    base: { ...YARN, '.yarn/patches/a.patch': 'one\n' },
    change: { '.yarn/patches/a.patch': 'two\n' },
    found: ['.yarn/patches/a.patch two information'],
  },
  {
    title: 'a patch of pnpm with its hash in the lockfile, once',
    base: {
      ...PNPM,
      'pnpm-workspace.yaml': 'patchedDependencies:\n  a@1.0.0: patches/a@1.0.0.patch\n',
      'patches/a@1.0.0.patch': 'one\n',
    },
    change: {
      'patches/a@1.0.0.patch': 'two\n',
      'pnpm-lock.yaml': `${PNPM_LOCK}\npatchedDependencies:\n  a@1.0.0: abc\n`,
    },
    found: ['pnpm-workspace.yaml patches/a@1.0.0.patch information'],
    diff: 'patches/a@1.0.0.patch',
  },
  {
    title: 'a patch of Bun',
    base: {
      ...BUN,
      'package.json': { ...SHOP, patchedDependencies: { 'a@1.0.0': 'patches/a.patch' } },
      'patches/a.patch': 'one\n',
    },
    change: { 'patches/a.patch': 'two\n' },
    found: ['package.json "patches/a.patch" information'],
    diff: 'patches/a.patch',
  },
  {
    title: 'a patch of patch-package',
    base: { ...NPM, 'package.json': { ...SHOP, devDependencies: { 'patch-package': '8.0.0' } } },
    change: { 'patches/a+1.0.0.patch': 'two\n' },
    found: ['patches/a+1.0.0.patch two information'],
  },
  {
    title: 'variables that Bun reads, not those of the application',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=b\nBUN_CONFIG_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY=https://npm.evil.example.test warning'],
  },
  {
    title: 'a program that Bun hands to the scripts of packages',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\nBASH_ENV=./docs/x.txt\n', 'docs/x.txt': 'evil\n' },
    found: ['.env BASH_ENV=./docs/x.txt warning'],
  },
  {
    title: 'a variable behind a lone carriage return',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\rBUN_CONFIG_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY=https://npm.evil.example.test warning'],
  },
  {
    title: 'a variable with a colon',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\nBUN_CONFIG_REGISTRY: https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY: https://npm.evil.example.test warning'],
  },
  {
    title: 'variables that Corepack reads',
    base: YARN,
    change: { '.corepack.env': '# a\nCOREPACK_NPM_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.corepack.env COREPACK_NPM_REGISTRY=https://npm.evil.example.test warning'],
  },
  {
    title: 'what bunfig.toml loads',
    base: { ...BUN, 'bunfig.toml': 'preload = ["./setup.ts"]\n', 'setup.ts': 'a\n' },
    change: { 'setup.ts': 'evil\n' },
    found: ['bunfig.toml "./setup.ts" warning'],
    diff: 'setup.ts',
  },
  {
    title: 'binding.gyp',
    base: NPM,
    change: { 'binding.gyp': '{ "targets": [] }\n' },
    found: ['binding.gyp { "targets": [] } warning'],
  },
  {
    title: 'node_modules in git, once',
    base: { ...NPM, 'node_modules/b/index.js': 'a\n', 'node_modules/c/index.js': 'a\n' },
    change: { 'node_modules/b/index.js': 'evil\n', 'node_modules/c/index.js': 'evil\n' },
    found: ['node_modules/b/index.js evil warning'],
    diff: 'node_modules/b',
  },
  {
    title: 'other bytes of an archive that a dependency names',
    base: {
      ...NPM,
      'package.json': { ...SHOP, dependencies: { b: 'file:vendor/b.tgz' } },
      'vendor/b.tgz': '\0a',
    },
    change: { 'vendor/b.tgz': '\0evil' },
    found: ['package.json "file:vendor/b.tgz" warning'],
    diff: 'vendor/b.tgz',
  },
  {
    title: 'lifecycle scripts of the root, new and changed',
    base: { ...NPM, 'package.json': { ...SHOP, scripts: { prepare: 'tsc', test: 'a' } } },
    change: { 'package.json': { ...SHOP, scripts: { prepare: 'evil', test: 'b', preinstall: 'evil' } } },
    found: ['package.json "prepare" warning', 'package.json "preinstall" warning'],
  },
  {
    title: 'the file that an unchanged lifecycle script runs',
    base: {
      ...NPM,
      'package.json': { ...SHOP, scripts: { postinstall: 'node tools/setup && echo' } },
      'tools/setup.js': 'a\n',
    },
    change: { 'tools/setup.js': 'evil\n' },
    found: ['package.json "node tools/setup && echo" warning'],
    diff: 'tools/setup.js',
  },
  {
    title: 'a new script with its new file, once',
    base: NPM,
    change: { 'package.json': { ...SHOP, scripts: { postinstall: 'node setup.js' } }, 'setup.js': 'evil\n' },
    found: ['package.json "postinstall" warning'],
  },
  {
    title: 'a lifecycle script of a member',
    base: {
      ...NPM,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/package.json': { name: 'b', scripts: { install: 'evil' } } },
    found: ['packages/b/package.json "install" warning'],
  },
  {
    title: 'a lifecycle script of a folder that file: names',
    base: {
      ...NPM,
      'package.json': { ...SHOP, dependencies: { b: 'file:lib/b' } },
      'lib/b/package.json': { name: 'b', scripts: { postinstall: 'node setup.js' } },
      'lib/b/setup.js': 'a\n',
    },
    change: { 'lib/b/setup.js': 'evil\n' },
    found: ['lib/b/package.json "node setup.js" warning'],
    diff: 'lib/b/setup.js',
  },
  {
    title: 'a member that is renamed to a registry package',
    base: {
      ...NPM,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/package.json': { name: 'a' } },
    found: ['packages/b/package.json "a" warning'],
  },
];
