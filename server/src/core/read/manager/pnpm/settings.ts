import type { SettingNames } from '../model/settings.ts';
import { offInNpmrc } from '../npm/settings.ts';
import { isFrom, mayBeBefore } from '../version.ts';
import { pnpmKeys } from './setting-keys.ts';

export const pnpmSettings: SettingNames = {
  keys: pnpmKeys,
  registry: 'registry',
  tls: { key: 'strictSsl', shown: 'strictSsl: false', authority: 'cafile' },
  weakening: {
    verifyStoreIntegrity: [
      /^false$/,
      'pnpm installs packages from its store without comparing them with their hashes',
    ],
    strictStorePkgContentCheck: [
      /^false$/,
      'pnpm does not check that a package in its store is the one that is locked',
    ],
    trustLockfile: [/^true$/, 'pnpm trusts the URLs and ages in the lockfile without a check'],
    blockExoticSubdeps: [/^false$/, 'packages may pull in others from git and URLs'],
  },
  checksums: undefined,
  areInNpmrc: true,
  lockfileOff({ manager, npmConfig, pnpmWorkspace }) {
    const value = pnpmWorkspace?.setting('lockfile')?.value;
    if (value?.type === 'scalar' && value.value === false)
      return { uri: pnpmWorkspace!.uri, span: value.span, setting: 'lockfile: false' };
    // pnpm 11 and later read only registry settings from .npmrc.
    return mayBeBefore(manager.version, '11.0.0') ? offInNpmrc(npmConfig.project, 'lockfile') : undefined;
  },
  readsManifest: (version) => !isFrom(version, '11.0.0-0'),
  // pnpm 11 uses a service without CVE numbers.
  ignoresCves: (version) => !isFrom(version, '11.0.0-0'),
  auditIn: 'pnpmWorkspace',
};
