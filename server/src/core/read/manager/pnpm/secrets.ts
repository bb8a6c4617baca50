import semver from 'semver';
import type { SecretSupport } from '../model/secrets.ts';

/**
 * A project's .npmrc could send the user's variables anywhere, so pnpm ignores its settings with one since 11.5.3, and since
 * 10.34.2 of the previous major version. Source: https://pnpm.io/npmrc.
 */
export const pnpmSecrets: SecretSupport = {
  unboundCredentials: () => undefined,
  removedKeys: () => [],
  expandsInProject: (version) =>
    version !== undefined && semver.satisfies(version, '<10.34.2 || 11.0.0 - 11.5.2'),
  reference: (variable) => `\${${variable}}`,
  // `pnpm login` writes the first since pnpm 11, with the permissions of any new file.
  userFiles: ['.config/pnpm', 'Library/Preferences/pnpm'].flatMap((folder) => [
    `${folder}/auth.ini`,
    `${folder}/rc`,
  ]),
  storeCommand: (key, variable) => `pnpm config set "${key}" "$${variable}"`,
};
