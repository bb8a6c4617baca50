import { camelCaseKey } from '../../config/setting-name.ts';
import type { SettingKeys } from '../model/setting-table.ts';

/** Keys of pnpm-workspace.yaml, in camel or kebab case. The lockfile shows catalogs. */
export const pnpmKeys: SettingKeys = {
  guarding: {
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
      ...['minimumReleaseAgeExclude', 'minimumReleaseAgeStrict'],
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
    lockfile: ['lockfileDir', 'gitBranchLockfile', 'mergeGitBranchLockfiles*', 'sharedWorkspaceLockfile'],
  },
  harmless: [
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
  ],
  hasScopes: false,
  spelled: ([key = '', ...rest]) => [camelCaseKey(key), ...rest],
};
