import { BASELINE_DAYS, type BaselineSupport, reasonFor, type SettingLine } from '../model/baseline.ts';
import { isFrom } from '../version.ts';

/** Yarn 2 and later reject files with keys that they do not know, so each needs a known version. */
export const berryBaseline: BaselineSupport = {
  lines({ version, isLibrary, hasCooldown }) {
    const lines: SettingLine[] = [];
    const add = (key: string, value: string, reason: string) =>
      lines.push({ file: '.yarnrc.yml', key, value, reason });
    if (!isFrom(version, '4.14.0'))
      add('enableScripts', 'false', 'Packages run no code on install; dependenciesMeta has exceptions');
    if (!hasCooldown && isFrom(version, '4.10.0'))
      add('npmMinimalAgeGate', `"${BASELINE_DAYS}d"`, reasonFor('cooldown'));
    const saved = isLibrary ? undefined : berryBaseline.savedRange('exact', version);
    return saved === undefined ? lines : [...lines, saved];
  },
  savedRange(pinning) {
    if (pinning === 'caret') return undefined;
    const value = pinning === 'exact' ? '""' : '"~"';
    return { file: '.yarnrc.yml', key: 'defaultSemverRangePrefix', value, reason: reasonFor(pinning) };
  },
};

/** Yarn 1 has all install scripts or none, and no cooldown. */
export const classicBaseline: BaselineSupport = {
  lines({ version, isLibrary }) {
    const scripts: SettingLine = {
      ...{ file: '.yarnrc', key: 'ignore-scripts', value: 'true' },
      reason: 'Packages run no code on install, not even those that need it: Yarn 1 has all or none',
    };
    const saved = isLibrary ? undefined : classicBaseline.savedRange('exact', version);
    return saved === undefined ? [scripts] : [scripts, saved];
  },
  savedRange(pinning) {
    if (pinning === 'caret') return undefined;
    const value = pinning === 'exact' ? '""' : '"~"';
    const reason = reasonFor(pinning);
    return { file: '.yarnrc', key: 'save-prefix', value, reason, instead: ['save-exact'] };
  },
};

/** Nothing is right for Yarn 1 and for later ones alike. */
export const unknownBaseline: BaselineSupport = { lines: () => [], savedRange: () => undefined };
