/**
 * What a setting decides: which registry serves, which lockfile is read, whether downloads are verified, which scripts
 * run, which other programs run, what a check skips, and which names stay private. other: not known to be without
 * effect on what is installed, because scripts of packages read settings too.
 */
export type SettingKind =
  | 'registry'
  | 'lockfile'
  | 'integrity'
  | 'scripts'
  | 'code'
  | 'check'
  | 'privacy'
  | 'other';
