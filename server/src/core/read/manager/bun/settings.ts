import type { SettingNames } from '../model/settings.ts';
import { bunDefinitions } from './definitions.ts';
import { bunKeys } from './setting-keys.ts';

export const bunSettings: SettingNames = {
  keys: bunKeys,
  definitions: bunDefinitions,
  readsNpmrcKey: () => undefined,
  // Verified with Bun 1.4.
  readsMemberNpmrc: () => false,
  memberNpmrcOptions: [],
  readsKebabCase: () => false,
  manifestField: undefined,
  registry: 'registry',
  tls: undefined,
  weakening: {},
  checksums: undefined,
  areInNpmrc: false,
  lockfileOff({ bunfig }) {
    const save = bunfig?.lockfileSave;
    return save?.value === false ? { uri: bunfig!.uri, span: save.span, setting: 'save = false' } : undefined;
  },
  readsManifest: () => false,
  ignoresCves: () => false,
  auditIn: undefined,
};
