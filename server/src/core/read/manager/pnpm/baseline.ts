import { BASELINE_DAYS, type BaselineSupport, reasonFor, type SettingLine } from '../model/baseline.ts';
import { npmBaseline } from '../npm/baseline.ts';
import { isFrom, mayBeFrom } from '../version.ts';

const FILE = 'pnpm-workspace.yaml';
/** Earlier versions read their settings from .npmrc. */
const WORKSPACE_SETTINGS = '10.5.0';

export const pnpmBaseline: BaselineSupport = {
  lines({ version, isLibrary, hasCooldown }) {
    const lines: SettingLine[] = [];
    const add = (key: string, value: string, reason: string) =>
      lines.push({ file: FILE, key, value, reason });
    if (!mayBeFrom(version, WORKSPACE_SETTINGS)) {
      if (!isFrom(version, '10.0.0'))
        lines.push({
          ...{ file: '.npmrc', key: 'ignore-scripts', value: 'true' },
          reason: 'Packages run no code on install; run a needed one with pnpm rebuild <name>',
        });
    } else {
      const isTen = isFrom(version, '10.0.0') && !isFrom(version, '11.0.0');
      if (!hasCooldown && mayBeFrom(version, '10.16.0'))
        add('minimumReleaseAge', `${BASELINE_DAYS * 24 * 60}`, `${reasonFor('cooldown')} (in minutes)`);
      if (mayBeFrom(version, '10.21.0'))
        add(
          'trustPolicy',
          'no-downgrade',
          'Refuse versions that are published with weaker proof than earlier ones',
        );
      if (isTen && isFrom(version, '10.26.0'))
        add('blockExoticSubdeps', 'true', 'Packages pull in no others from git or URLs');
      if (isTen) add('strictDepBuilds', 'true', 'An install fails while an install script is not reviewed');
    }
    const saved = isLibrary ? undefined : pnpmBaseline.savedRange('exact', version);
    return saved === undefined ? lines : [...lines, saved];
  },
  savedRange(pinning, version) {
    if (pinning === 'caret') return undefined;
    if (!mayBeFrom(version, WORKSPACE_SETTINGS)) return npmBaseline.savedRange(pinning, version);
    const value = pinning === 'exact' ? "''" : "'~'";
    return { file: FILE, key: 'savePrefix', value, reason: reasonFor(pinning), instead: ['saveExact'] };
  },
};
