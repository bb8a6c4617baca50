/**
 * What a setting decides: which registry serves, which lockfile is read, whether what comes is checked, which scripts run,
 * which programs run beside them, what is left out of a check, and which names stay private. other: it is not known to be without an effect on what
 * is installed, as scripts of packages read settings too.
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
