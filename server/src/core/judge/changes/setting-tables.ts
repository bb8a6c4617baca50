import type { SettingTable } from './guarding-setting.ts';
import { TOOL_FIELDS } from './reach/tool-tables.ts';

/** Keys of .npmrc, which npm, pnpm up to 10, Yarn 1 and Bun read; in lower case with dashes. Source: their own docs. */
export const NPMRC_SETTINGS: SettingTable = {
  registry: [
    'registry',
    'replace-registry-host',
    'proxy',
    'http-proxy',
    'https-proxy',
    'noproxy',
    'no-proxy',
  ],
  integrity: [
    ...['strict-ssl', 'ca', 'cafile', 'package-lock', 'shrinkwrap', 'lockfile', 'frozen-lockfile'],
    ...['prefer-frozen-lockfile', 'verify-store-integrity', 'trust-lockfile', 'trust-policy'],
    ...['trust-policy-exclude', 'trust-policy-ignore-after', 'block-exotic-subdeps', 'before'],
    ...['min-release-age', 'min-release-age-exclude', 'minimum-release-age', 'minimum-release-age-exclude'],
    ...['minimum-release-age-strict', 'allow-git', 'allow-remote', 'allow-file', 'allow-directory'],
    ...['omit-lockfile-registry-resolved', 'shared-workspace-lockfile'],
  ],
  scripts: [
    ...['ignore-scripts', 'allow-scripts', 'strict-allow-scripts', 'dangerously-allow-all-scripts'],
    ...['dangerously-allow-all-builds', 'only-built-dependencies', 'only-built-dependencies-file'],
    ...['never-built-dependencies', 'ignored-built-dependencies', 'ignore-dep-scripts', 'strict-dep-builds'],
    'unsafe-perm',
  ],
  code: [
    ...['git', 'shell', 'script-shell', 'node-options', 'init-module', 'editor', 'viewer', 'prefix', 'cache'],
    ...['userconfig', 'globalconfig', 'pnpmfile', 'global-pnpmfile', 'ignore-pnpmfile', 'use-node-version'],
    ...[
      'store-dir',
      'virtual-store-dir',
      'modules-dir',
      'token-helper',
      'node-gyp',
      'nodedir',
      'python',
      'extension-file',
      'patches-dir',
      'onload-script',
    ],
  ],
  lockfile: ['lockfile-dir', 'git-branch-lockfile', 'merge-git-branch-lockfiles*'],
};

/** Keys of pnpm-workspace.yaml. */
export const PNPM_SETTINGS: SettingTable = {
  registry: [
    'registry',
    'registries.*',
    'namedRegistries.*',
    'proxy',
    'httpProxy',
    'httpsProxy',
    'noProxy',
    'noproxy',
  ],
  integrity: [
    ...['strictSsl', 'ca', 'cafile', 'lockfile', 'frozenLockfile', 'preferFrozenLockfile'],
    ...['verifyStoreIntegrity', 'strictStorePkgContentCheck', 'trustLockfile', 'trustPolicy'],
    ...['trustPolicyExclude', 'trustPolicyIgnoreAfter', 'blockExoticSubdeps', 'minimumReleaseAge'],
    ...['minimumReleaseAgeExclude', 'minimumReleaseAgeStrict', 'sharedWorkspaceLockfile'],
  ],
  scripts: [
    ...['allowBuilds.*', 'onlyBuiltDependencies', 'onlyBuiltDependenciesFile', 'neverBuiltDependencies'],
    ...['ignoredBuiltDependencies', 'dangerouslyAllowAllBuilds', 'strictDepBuilds', 'ignoreScripts'],
    'ignoreDepScripts',
  ],
  code: [
    ...['configDependencies.**', 'pnpmfile', 'globalPnpmfile', 'ignorePnpmfile', 'scriptShell'],
    ...['nodeOptions', 'useNodeVersion', 'patchedDependencies.*', 'executionEnv.**', 'npmPath', 'storeDir'],
    ...['virtualStoreDir', 'modulesDir'],
  ],
  lockfile: ['lockfileDir', 'gitBranchLockfile', 'mergeGitBranchLockfiles*'],
};

/** Keys of .yarnrc.yml. */
export const BERRY_SETTINGS: SettingTable = {
  registry: [
    ...[
      'npmRegistryServer',
      'npmScopes.*.npmRegistryServer',
      'unsafeHttpWhitelist',
      'httpProxy',
      'httpsProxy',
    ],
    ...['networkSettings.*.httpProxy', 'networkSettings.*.httpsProxy'],
  ],
  integrity: [
    ...['checksumBehavior', 'enableStrictSsl', 'httpsCaFilePath', 'networkSettings.*.httpsCaFilePath'],
    ...['enableHardenedMode', 'enableImmutableInstalls', 'enableImmutableCache', 'npmMinimalAgeGate'],
    ...['npmPreapprovedPackages', 'approvedGitRepositories', 'cacheFolder', 'compressionLevel'],
    ...['cacheMigrationMode', 'cacheVersionOverride', 'cacheCheckpointOverride'],
  ],
  lockfile: ['lockfileFilename'],
  scripts: ['enableScripts'],
  code: ['plugins', 'plugins.**', 'yarnPath', 'ignorePath', 'injectEnvironmentFiles'],
};

/** Keys of .yarnrc of Yarn 1; those that begin with two dashes are read without these and their command. */
export const CLASSIC_SETTINGS: SettingTable = {
  registry: [
    ...['registry', 'proxy', 'https-proxy', 'yarn-offline-mirror'],
    'experimental-pack-script-packages-in-mirror',
  ],
  integrity: [
    ...['strict-ssl', 'ca', 'cafile', 'frozen-lockfile', 'pure-lockfile', 'no-lockfile', 'lockfile'],
    ...['skip-integrity-check', 'update-checksums', 'unsafe-disable-integrity-migration'],
  ],
  scripts: ['ignore-scripts', 'unsafe-perm'],
  code: ['yarn-path', 'script-shell', 'use-yarnrc', 'modules-folder', 'cwd', 'cache-folder', 'env'],
};

/** Keys of bunfig.toml. */
export const BUN_SETTINGS: SettingTable = {
  registry: ['install.registry', 'install.registry.url', 'install.scopes.*', 'install.scopes.*.url'],
  integrity: [
    ...['install.ca', 'install.cafile', 'install.frozenLockfile', 'install.lockfile.save', 'install.auto'],
    ...['install.minimumReleaseAge', 'install.minimumReleaseAgeExcludes', 'install.cache.disable*'],
  ],
  lockfile: ['install.lockfile.path'],
  scripts: ['install.ignoreScripts'],
  code: [
    ...['preload', 'install.security.scanner', 'run.shell', 'run.preload', 'test.preload'],
    // What is in the cache is not compared with a hash again.
    ...['install.cache', 'install.cache.dir'],
  ],
};

/**
 * Fields of package.json that package managers read as settings. Below `pnpm`, those of pnpm-workspace.yaml count as well.
 */
export const MANIFEST_SETTINGS: SettingTable = {
  other: [
    ...[
      'name',
      'bin',
      'bin.*',
      'directories.bin',
      'workspaces',
      'workspaces.packages',
      // Those alone that stand for another package.
      ...['catalog.*', 'catalogs.*.*', 'workspaces.catalog.*', 'workspaces.catalogs.*.*'],
      'overrides.**',
      'resolutions.**',
    ],
    ...['pnpm.peerDependencyRules.**', 'bundleDependencies', 'bundledDependencies'],
    ...['volta.node', 'devEngines.runtime.**'],
  ],
  scripts: [
    ...['allowScripts.*', 'trustedDependencies', 'dependenciesMeta.*.built'],
    // Those alone that an install runs, see `installScripts`.
    'scripts.*',
  ],
  code: [
    'packageManager',
    'devEngines.packageManager.**',
    ...['volta.npm', 'volta.pnpm', 'volta.yarn', 'volta.extends'],
    'patchedDependencies.*',
    // Those alone of tools that an install runs, see `toolCalls`.
    ...TOOL_FIELDS.map((field) => `${field}.**`),
  ],
};

/** Keys of dependency-hygiene.json. Every other one decides what checks report, but for those that say nothing. */
export const POLICY_SETTINGS: SettingTable = {
  registry: ['mirrors', 'allowedHosts'],
  privacy: ['privateScopes', 'internalNames'],
};
