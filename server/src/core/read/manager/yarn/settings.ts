import type { SettingNames } from '../model/settings.ts';
import { berryDefinitions } from './definitions.ts';
import { berryKeys, classicKeys } from './setting-keys.ts';

const OVERWRITES = 'Yarn writes the hash of a changed package over the locked one';

/** Settings of .yarnrc.yml. */
export const berrySettings: SettingNames = {
  keys: berryKeys,
  definitions: berryDefinitions,
  readsNpmrcKey: () => undefined,
  // It reads no .npmrc at all, but npm in the same folder may.
  readsMemberNpmrc: () => true,
  memberNpmrcOptions: [],
  readsKebabCase: () => false,
  manifestField: undefined,
  registry: 'npmRegistryServer',
  tls: { key: 'enableStrictSsl', shown: 'enableStrictSsl: false', authority: 'httpsCaFilePath' },
  weakening: {
    checksumBehavior: [/^(?:update|reset)$/, OVERWRITES],
    enableImmutableInstalls: [/^false$/, 'installs in CI may change the lockfile'],
    unsafeHttpWhitelist: [/^\*+$/, 'Yarn fetches packages without encryption from any host'],
    // Yarn writes these when it upgrades a lockfile, so that its earlier defaults stay in effect.
    approvedGitRepositories: [/^\*+$/, 'packages may come from any git repository', 'information'],
    npmMinimalAgeGate: [
      /^0+(?:ms|[smhdw])?$/,
      'Yarn installs versions right after their release',
      'information',
      '4.17.0',
    ],
  },
  checksums: 'checksumBehavior',
  areInNpmrc: false,
  lockfileOff: () => undefined,
  readsManifest: () => false,
  ignoresCves: () => false,
  auditIn: 'yarnrc',
};

/** Settings of .yarnrc. */
export const classicSettings: SettingNames = {
  keys: classicKeys,
  definitions: {},
  readsNpmrcKey: () => undefined,
  readsMemberNpmrc: () => true,
  memberNpmrcOptions: [],
  readsKebabCase: () => false,
  manifestField: undefined,
  registry: 'registry',
  tls: { key: 'strict-ssl', shown: 'strict-ssl false', authority: 'cafile' },
  weakening: {
    'skip-integrity-check': [/^true$/, 'Yarn does not compare packages with their hashes'],
    'update-checksums': [/^true$/, OVERWRITES],
  },
  checksums: undefined,
  areInNpmrc: false,
  lockfileOff: () => undefined,
  readsManifest: () => false,
  ignoresCves: () => false,
  auditIn: undefined,
};
