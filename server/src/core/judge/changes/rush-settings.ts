import { isMainRushConfig, type RushConfig } from '../../read/config/rush/rush-config.ts';
import type { SettingTable } from '../../read/manager/model/setting-table.ts';

interface RushTable {
  readonly settings: SettingTable;
  /** Like the `HARMLESS_` lists of other files. */
  readonly harmless: readonly string[];
}

/** Keys of rush.json. Source: "rush.json" in Rush's own docs. */
const MAIN: RushTable = {
  settings: {
    code: [
      ...['rushVersion', 'pnpmVersion', 'npmVersion', 'yarnVersion', 'eventHooks.*'],
      ...['pnpmOptions.environmentVariables.**', 'pnpmOptions.globalPatchedDependencies.*'],
      ...['npmOptions.environmentVariables.**', 'yarnOptions.environmentVariables.**'],
      ...['pnpmOptions.pnpmStore', 'pnpmOptions.pnpmStorePath'],
    ],
    integrity: ['pnpmOptions.preventManualShrinkwrapChanges'],
    // An added project has a manifest of its own, which is compared.
    other: ['projects', 'pnpmOptions.**'],
  },
  harmless: [
    ...['$schema', 'nodeSupportedVersionRange', 'nodeSupportedVersionInstructions'],
    ...['suppressNodeLtsWarning', 'suppressRushIsPublicVersionCheck', 'ensureConsistentVersions'],
    ...['projectFolderMinDepth', 'projectFolderMaxDepth', 'allowMostlyStandardPackageNames'],
    ...['allowedProjectTags', 'approvedPackagesPolicy.**', 'gitPolicy.**', 'repository.**'],
    ...['telemetryEnabled', 'hotfixChangeEnabled', 'variants'],
  ],
};

/** Keys of common/config/rush/pnpm-config.json, which Rush writes into the files that pnpm reads. */
const OF_PNPM: RushTable = {
  settings: {
    integrity: [
      ...['minimumReleaseAge', 'minimumReleaseAgeExclude', 'minimumReleaseAgeStrict', 'trustPolicy'],
      ...['trustPolicyExclude', 'trustPolicyIgnoreAfter', 'blockExoticSubdeps'],
      ...['preventManualShrinkwrapChanges', 'pnpmLockfilePolicies.**'],
    ],
    scripts: ['globalOnlyBuiltDependencies', 'globalNeverBuiltDependencies', 'globalAllowBuilds.*'],
    code: [
      ...['environmentVariables.**', 'globalPatchedDependencies.*', 'pnpmStore', 'pnpmStorePath'],
      'unsupportedPackageJsonSettings.**',
    ],
    other: ['globalOverrides.**', 'globalPackageExtensions.**', 'globalPeerDependencyRules.**'],
  },
  harmless: [
    ...['$schema', 'useWorkspaces', 'strictPeerDependencies', 'autoInstallPeers', 'alwaysFullInstall'],
    ...['globalAllowedDeprecatedVersions.**', 'globalIgnoredOptionalDependencies', 'resolutionMode'],
    ...['alwaysInjectDependenciesFromOtherSubspaces', 'globalCatalogs.**'],
  ],
};

export function rushTable(file: RushConfig): RushTable {
  return isMainRushConfig(file) ? MAIN : OF_PNPM;
}
