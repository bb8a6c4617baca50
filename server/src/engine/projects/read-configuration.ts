import { readNpmrc } from '../../core/read/config/npm/read-npmrc.ts';
import { readRushConfig } from '../../core/read/config/rush/rush-config.ts';
import { readClassicYarnrc } from '../../core/read/config/yarn/read-classic-yarnrc.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import { POLICY_FILE_NAME, readPolicy } from '../../core/read/policy-file/read-policy.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { configReaders, loadConfigReaders, needsConfigReaders } from './config-readers.ts';

/** The names of files that `readConfiguration` reads, without package.json. */
export const CONFIGURATION_NAMES: ReadonlySet<string> = new Set([
  '.npmrc',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
  POLICY_FILE_NAME,
]);

/** Parses any state of a project's configuration file; undefined for other files. */
export async function readConfiguration(uri: Uri, text: string): Promise<CheckedFile | undefined> {
  if (needsConfigReaders(uri)) await loadConfigReaders();
  switch (nameOf(uri)) {
    case '.npmrc':
    case '.npmrc-publish':
      return readNpmrc(uri, text, 'project');
    case 'pnpm-workspace.yaml':
      return configReaders()?.readPnpmWorkspace(uri, text);
    case '.yarnrc.yml':
      return configReaders()?.readYarnrc(uri, text, 'project');
    case '.yarnrc':
      return (
        configReaders()?.readFallbackYarnrc(uri, text, 'project') ?? readClassicYarnrc(uri, text, 'project')
      );
    case 'bunfig.toml':
      return configReaders()?.readBunfig(uri, text, 'project');
    case 'package.json':
      return readManifest(uri, text);
    case POLICY_FILE_NAME:
      return readPolicy(uri, text);
    case 'rush.json':
    case 'pnpm-config.json':
      return readRushConfig(uri, text);
    default:
      return undefined;
  }
}
