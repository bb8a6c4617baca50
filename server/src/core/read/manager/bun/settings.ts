import type { SettingNames } from '../model/setting-names.ts';

export const bunSettings: SettingNames = {
  registry: 'registry',
  tls: undefined,
  weakening: {},
  checksums: undefined,
  areInNpmrc: false,
  lockfileOff({ bunfig }) {
    const save = bunfig?.lockfileSave;
    return save?.value === false ? { uri: bunfig!.uri, span: save.span, setting: 'save = false' } : undefined;
  },
  auditIn: undefined,
};
