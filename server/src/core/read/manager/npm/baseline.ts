import { BASELINE_DAYS, type BaselineSupport, reasonFor, type SettingLine } from '../model/baseline.ts';
import { isFrom, mayBeFrom } from '../version.ts';

const FILE = '.npmrc';

/** Scripts are blocked by default from npm 12 on. Earlier versions ignore keys that they do not know. */
export const npmBaseline: BaselineSupport = {
  lines({ version, isLibrary, hasCooldown, hasScriptList }) {
    const lines: SettingLine[] = [];
    if (!isFrom(version, '12.0.0')) lines.push(scriptLine(isFrom(version, '11.16.0') || hasScriptList));
    if (!hasCooldown && mayBeFrom(version, '11.10.0'))
      lines.push({
        ...{ file: FILE, key: 'min-release-age', value: `${BASELINE_DAYS}`, reason: reasonFor('cooldown') },
        instead: ['before'],
      });
    const saved = isLibrary ? undefined : npmBaseline.savedRange('exact', version);
    return saved === undefined ? lines : [...lines, saved];
  },
  savedRange(pinning) {
    if (pinning === 'caret') return undefined;
    return pinning === 'exact'
      ? { file: FILE, key: 'save-exact', value: 'true', reason: reasonFor('exact'), instead: ['save-prefix'] }
      : { file: FILE, key: 'save-prefix', value: '~', reason: reasonFor('tilde'), instead: ['save-exact'] };
  },
};

function scriptLine(hasList: boolean): SettingLine {
  const instead = ['ignore-scripts', 'strict-allow-scripts', 'allow-scripts'];
  return hasList
    ? {
        ...{ file: FILE, key: 'strict-allow-scripts', value: 'true', instead },
        reason: 'An install fails until each install script is approved or denied in allowScripts',
      }
    : {
        ...{ file: FILE, key: 'ignore-scripts', value: 'true', instead },
        reason:
          'Packages run no code on install; run a needed one with npm rebuild <name> --ignore-scripts=false',
      };
}
