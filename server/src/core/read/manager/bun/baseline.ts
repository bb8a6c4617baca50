import { BASELINE_DAYS, type BaselineSupport, reasonFor, type SettingLine } from '../model/baseline.ts';
import { mayBeFrom } from '../version.ts';

const FILE = 'bunfig.toml';

/** Bun runs the scripts of packages on its own list and in `trustedDependencies` alone. */
export const bunBaseline: BaselineSupport = {
  lines({ version, isLibrary, hasCooldown }) {
    const lines: SettingLine[] = [];
    const add = (key: string, value: string, reason: string) =>
      lines.push({ file: FILE, key, value, reason });
    if (!hasCooldown && mayBeFrom(version, '1.3.0'))
      add(
        'install.minimumReleaseAge',
        `${BASELINE_DAYS * 24 * 60 * 60}`,
        `${reasonFor('cooldown')} (in seconds)`,
      );
    add('install.auto', '"disable"', 'Nothing is installed while a program runs');
    const saved = isLibrary ? undefined : bunBaseline.savedRange('exact', version);
    return saved === undefined ? lines : [...lines, saved];
  },
  savedRange: (pinning) =>
    pinning === 'exact'
      ? { file: FILE, key: 'install.exact', value: 'true', reason: reasonFor('exact') }
      : undefined,
};
