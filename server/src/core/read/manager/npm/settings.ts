import type { Npmrc } from '../../config/npm/npmrc.ts';
import type { LockfileOff, SettingNames } from '../model/settings.ts';
import { isFrom } from '../version.ts';
import { npmDefinitions } from './definitions.ts';
import { npmKeys } from './setting-keys.ts';

export const npmSettings: SettingNames = {
  keys: npmKeys,
  get definitions() {
    return npmDefinitions();
  },
  readsNpmrcKey: (key) => Object.hasOwn(npmDefinitions(), key),
  // Verified with npm 10 to 12; earlier ones differ.
  readsMemberNpmrc: (version) => version !== undefined && !isFrom(version, '10.0.0'),
  memberNpmrcOptions: ['--prefix', '--no-workspaces'],
  readsKebabCase: () => false,
  manifestField: undefined,
  registry: 'registry',
  tls: { key: 'strict-ssl', shown: 'strict-ssl=false', authority: 'cafile' },
  weakening: {
    audit: [/^false$/, 'npm does not report known vulnerabilities during an install', 'information'],
    'allow-git': [/^all$/, 'packages may pull in others from git', undefined, '12.0.0'],
    'allow-remote': [/^all$/, 'packages may pull in others from URLs', undefined, '12.0.0'],
    'legacy-peer-deps': [/^true$/, 'npm ignores which versions packages need beside them', 'hint'],
    force: [/^true$/, 'npm skips its safeguards', 'hint'],
  },
  checksums: undefined,
  areInNpmrc: false,
  lockfileOff: ({ npmConfig }) => offInNpmrc(npmConfig.project, 'package-lock'),
  readsManifest: () => false,
  ignoresCves: () => false,
  auditIn: 'npmrc',
};

/** Returns the line of an .npmrc that sets a key to false. */
export function offInNpmrc(npmrc: Npmrc | undefined, key: string): LockfileOff | undefined {
  const entry = npmrc?.entries.findLast((item) => item.key === key);
  return npmrc === undefined || entry?.value !== 'false'
    ? undefined
    : { uri: npmrc.uri, span: entry.valueSpan, setting: `${key}=false` };
}
