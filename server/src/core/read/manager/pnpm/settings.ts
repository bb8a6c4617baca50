import { camelCaseKey } from '../../config/setting-name.ts';
import type { SettingNames } from '../model/settings.ts';
import { npmSettings, offInNpmrc } from '../npm/settings.ts';
import { isFrom, mayBeBefore } from '../version.ts';
import { pnpmDefinitions } from './definitions.ts';
import { pnpmKeys } from './setting-keys.ts';

const RIGHT_AFTER = 'pnpm installs versions right after their release';

/** The keys of .npmrc that pnpm 11 and later read, besides registries of scopes and credentials. */
const IN_NPMRC: ReadonlySet<string> = new Set([
  ...['registry', 'ca', 'cafile', 'cert', 'key', '_auth', '_authToken', '_password', 'email', 'username'],
  ...['proxy', 'http-proxy', 'https-proxy', 'no-proxy', 'noproxy', 'local-address', 'strict-ssl'],
]);

export const pnpmSettings: SettingNames = {
  keys: pnpmKeys,
  definitions: pnpmDefinitions,
  readsNpmrcKey(key, version) {
    const isKnown =
      Object.hasOwn(pnpmDefinitions, camelCaseKey(key)) || npmSettings.readsNpmrcKey(key, undefined);
    if (!isKnown || version === undefined) return isKnown;
    return !isFrom(version, '11.0.0') || IN_NPMRC.has(key);
  },
  // Verified with pnpm 9 to 12.
  readsMemberNpmrc: (version) => mayBeBefore(version, '11.0.0'),
  memberNpmrcOptions: ['--ignore-workspace'],
  readsKebabCase: (version) => mayBeBefore(version, '11.0.0'),
  manifestField: { name: 'pnpm', inMembers: ['executionEnv'] },
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
    frozenLockfile: [/^false$/, 'installs in CI may change the lockfile'],
    minimumReleaseAge: [/^0$/, RIGHT_AFTER, 'information', '11.0.0'],
    minimumReleaseAgeStrict: [/^false$/, 'pnpm installs versions within the cooldown if no other fits'],
    trustPolicyExclude: [/^\*+$/, 'pnpm compares the provenance of no package'],
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
