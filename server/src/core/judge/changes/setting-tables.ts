import type { SettingTable } from '../../read/manager/model/setting-table.ts';
import { TOOL_FIELDS } from './reach/tool-tables.ts';

/**
 * Fields of package.json that package managers read as settings. Below `pnpm`, those of pnpm-workspace.yaml count as
 * well.
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
    // Only those that an install runs, see `installScripts`.
    'scripts.*',
  ],
  code: [
    'packageManager',
    'devEngines.packageManager.**',
    ...['volta.npm', 'volta.pnpm', 'volta.yarn', 'volta.extends'],
    'patchedDependencies.*',
    // Only those of tools that an install runs, see `toolCalls`.
    ...TOOL_FIELDS.map((field) => `${field}.**`),
  ],
};

/** Keys of dependency-hygiene.json. All others decide what checks report, except the harmless ones. */
export const POLICY_SETTINGS: SettingTable = {
  registry: ['mirrors', 'allowedHosts'],
  privacy: ['privateScopes', 'internalNames'],
};

/** Keys of dependency-hygiene.json that say nothing: those that begin with `x-` are anybody's own. */
export const HARMLESS_POLICY: readonly string[] = ['$schema', 'x-*'];
