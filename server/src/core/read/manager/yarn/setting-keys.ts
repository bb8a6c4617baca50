import type { SettingKeys } from '../model/setting-table.ts';

/** Keys of .yarnrc.yml. The lockfile shows catalogs. */
export const berryKeys: SettingKeys = {
  guarding: {
    registry: [
      ...[
        'npmRegistryServer',
        'npmScopes.*.npmRegistryServer',
        'unsafeHttpWhitelist',
        'httpProxy',
        'httpsProxy',
        // Of ranges without one: "file:" makes "^1.0.0" a folder of the project.
        'defaultProtocol',
      ],
      ...['networkSettings.*.httpProxy', 'networkSettings.*.httpsProxy'],
    ],
    integrity: [
      ...['checksumBehavior', 'enableStrictSsl', 'httpsCaFilePath', 'networkSettings.*.httpsCaFilePath'],
      ...['enableHardenedMode', 'enableImmutableInstalls', 'enableImmutableCache', 'npmMinimalAgeGate'],
      ...['npmPreapprovedPackages', 'approvedGitRepositories', 'compressionLevel'],
      ...['cacheMigrationMode', 'cacheVersionOverride', 'cacheCheckpointOverride'],
    ],
    lockfile: ['lockfileFilename'],
    scripts: ['enableScripts'],
    code: [
      ...['plugins', 'plugins.**', 'yarnPath', 'ignorePath', 'injectEnvironmentFiles'],
      // Archives of packages, which the lockfile need not have a hash of.
      'cacheFolder',
    ],
  },
  harmless: [
    ...['npmAuth*', 'npmAlwaysAuth', 'npmScopes.*.npmAuth*', 'npmScopes.*.npmAlwaysAuth', 'npmRegistries.**'],
    ...['npmPublish*', 'npmScopes.*.npmPublish*', 'npmAudit*', 'catalog.**', 'catalogs.**'],
    ...['supportedArchitectures.**', 'enableTelemetry', 'telemetry*', 'enableColors', 'enableProgressBars'],
    ...['enableTimers', 'enableMessageNames', 'enableHyperlinks', 'enableInlineBuilds', 'enableInlineHunks'],
    ...[
      'preferInteractive',
      'preferTruncatedLines',
      'preferReuse',
      'progressBarStyle',
      'logFilters',
      'initFields.**',
    ],
    ...['initScope', 'initVersion', 'changeset*', 'deferredVersionFolder', 'httpTimeout', 'httpRetry'],
    ...['networkConcurrency', 'cloneConcurrency', 'taskPool*', 'workerPool*', 'defaultSemverRangePrefix'],
    ...['nodeLinker', 'nm*', 'winLinkType', 'pnpFallbackMode', 'pnpMode', 'pnpIgnorePatterns'],
    'patchFolder',
  ],
  hasScopes: false,
  writtenOnUpgrade: { enableScripts: 9, approvedGitRepositories: 9, npmMinimalAgeGate: 10 },
  spelled: (path) => path,
};

/** Keys of .yarnrc of Yarn 1. `--install.ignore-scripts` is `ignore-scripts` for one command. */
export const classicKeys: SettingKeys = {
  guarding: {
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
  },
  harmless: [
    ...['lastUpdateCheck', 'disable-self-update-check', 'network-timeout', 'network-concurrency'],
    ...[
      'child-concurrency',
      'save-prefix',
      'save-exact',
      'exact',
      'version-*',
      'init-*',
      'email',
      'username',
    ],
    ...[
      'ignore-engines',
      'non-interactive',
      'silent',
      'no-progress',
      'emoji',
      'dev',
      'workspaces-experimental',
    ],
  ],
  hasScopes: true,
  spelled: ([key = '']) => [key.replace(/^--(?:[\w-]+\.)?/, '')],
};
