/**
 * Keys, as patterns, that decide nothing about what an install takes and runs: output, publishing, what is written into
 * package.json, credentials, which go to no other place than before, and what the lockfile shows. Every other key counts:
 * package managers get new ones, and npm gives also those that it does not know to the scripts of packages, some of which
 * download from where these say.
 */
export const HARMLESS_NPMRC: readonly string[] = [
  ...['_auth', '_auth-token', '_password', 'username', 'email', 'always-auth', 'otp', 'auth-type'],
  ...[
    'fund',
    'audit-level',
    'loglevel',
    'progress',
    'color',
    'unicode',
    'timing',
    'heading',
    'message',
    'json',
  ],
  ...[
    'parseable',
    'long',
    'depth',
    'description',
    'usage',
    'update-notifier',
    'reporter',
    'logs-*',
    'search*',
  ],
  ...[
    'save',
    'save-*',
    'init-*',
    'init.**',
    'version',
    'tag-version-prefix',
    'git-tag-version',
    'sign-git-*',
  ],
  ...['commit-hooks', 'allow-same-version', 'access', 'provenance*', 'preid', 'publish-branch', 'git-checks'],
  ...[
    'diff-*',
    'sbom-*',
    'fetch-*',
    'maxsockets',
    'network-concurrency',
    'child-concurrency',
    'engine-strict',
  ],
  ...['lockfile-version', 'format-package-lock', 'use-beta-cli', 'auto-install-peers', 'strict-peer-*'],
];

/** Of pnpm-workspace.yaml: its lockfile shows catalogs. */
export const HARMLESS_PNPM: readonly string[] = [
  ...['packages', 'catalog.**', 'catalogs.**', 'catalogMode', 'cleanupUnusedCatalogs'],
  ...['peerDependencyRules.**', 'allowedDeprecatedVersions.**', 'updateConfig.**'],
  ...['auditConfig.**', 'auditLevel', 'ignoredOptionalDependencies', 'allowUnusedPatches', 'savePrefix'],
  ...['saveExact', 'saveWorkspaceProtocol', 'loglevel', 'color', 'reporter', 'progress', 'updateNotifier'],
  ...[
    'fetch*',
    'networkConcurrency',
    'childConcurrency',
    'workspaceConcurrency',
    'engineStrict',
    'gitChecks',
  ],
  ...[
    'publishBranch',
    'autoInstallPeers',
    'strictPeerDependencies',
    'dedupePeerDependents',
    'initPackageManager',
  ],
  ...['initType', 'excludeLinksFromLockfile', 'peersSuffixMaxLength'],
];

/** Of .yarnrc.yml: its lockfile shows catalogs. */
export const HARMLESS_BERRY: readonly string[] = [
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
];

/** Of .yarnrc of Yarn 1, also behind two dashes and a command. */
export const HARMLESS_CLASSIC: readonly string[] = [
  ...['lastUpdateCheck', 'disable-self-update-check', 'network-timeout', 'network-concurrency'],
  ...['child-concurrency', 'save-prefix', 'save-exact', 'exact', 'version-*', 'init-*', 'email', 'username'],
  ...[
    'ignore-engines',
    'non-interactive',
    'silent',
    'no-progress',
    'emoji',
    'dev',
    'workspaces-experimental',
  ],
];

/** Of dependency-hygiene.json: keys that begin with `x-` are anybody's own. */
export const HARMLESS_POLICY: readonly string[] = ['$schema', 'x-*'];

/** Of bunfig.toml. */
export const HARMLESS_BUN: readonly string[] = [
  ...['telemetry', 'logLevel', 'smol', 'jsx*', 'console.**', 'test.*', 'install.exact', 'install.logLevel'],
  ...['install.registry.token', 'install.registry.username', 'install.registry.password'],
  ...['install.scopes.*.token', 'install.scopes.*.username', 'install.scopes.*.password', 'install.linker'],
  ...['install.concurrentScripts', 'install.saveTextLockfile', 'install.lockfile.print', 'run.silent'],
];
