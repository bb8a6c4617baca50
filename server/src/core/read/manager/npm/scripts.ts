import semver from 'semver';
import { isLooseValue, LIFECYCLE, looseInNpmrc, PREPUBLISH, type ScriptSupport } from '../model/scripts.ts';
import { isFrom, mayBeBefore, mayBeFrom } from '../version.ts';
import {
  ALLOW_SCRIPTS_SINCE,
  allowScriptsWritten,
  unreadAllowScripts,
  writeAllowScripts,
} from './write-scripts.ts';

const FREE = 'dangerously-allow-all-scripts';
const STRICT = 'strict-allow-scripts';

/** npm up to 11 runs install scripts. npm 12 and later skip those that `allowScripts` does not approve. */
export const npmScripts: ScriptSupport = {
  review: 'allowScripts',
  isDecidable: ({ version }) => mayBeFrom(version, ALLOW_SCRIPTS_SINCE),
  howToDecide: ({ manager }) =>
    mayBeFrom(manager.version, ALLOW_SCRIPTS_SINCE)
      ? 'Approve or deny it in allowScripts'
      : 'npm reads allowScripts since 11.16: update npm, or install with ignore-scripts',
  decisions: () => undefined,
  written: allowScriptsWritten,
  unread: unreadAllowScripts,
  versionsInKey: () => 'several',
  write: writeAllowScripts,
  canDeny: true,
  lifecycle: LIFECYCLE,
  // The last three run if npm changed node_modules.
  lifecycleOfRoot: [PREPUBLISH, 'predependencies', 'dependencies', 'postdependencies'],
  runsPreAndPost: true,
  effect({ manager, npmConfig }) {
    if (npmConfig.get('ignore-scripts')?.value === 'true') return 'ignored';
    const version = manager.version ?? '11.21.0';
    const isFree =
      isFrom(version, ALLOW_SCRIPTS_SINCE) && isLooseValue(looseInNpmrc(FREE), npmConfig.get(FREE)?.value);
    if (isFree) return 'runs';
    const isStrict = npmConfig.get(STRICT)?.value === 'true' && semver.gte(version, '11.16.0');
    if (isStrict) return 'fails';
    return semver.major(version) >= 12 ? 'skipped' : 'runs';
  },
  loose: ({ manager: { version } }) => (mayBeFrom(version, ALLOW_SCRIPTS_SINCE) ? [looseInNpmrc(FREE)] : []),
  strict: ({ version }) =>
    mayBeFrom(version, ALLOW_SCRIPTS_SINCE)
      ? { file: 'npmrc', key: STRICT, value: 'true', shown: `${STRICT}=true` }
      : undefined,
  ignoredBy: 'ignore-scripts',
  failure: 'strict-allow-scripts makes the install fail',
  lastToRun: 'npm up to 11',
  changedWithin: [11],
  notice: (effect, version) =>
    effect === 'runs' && isFrom(version, ALLOW_SCRIPTS_SINCE) && mayBeBefore(version, '12.0.0')
      ? 'with a notice'
      : undefined,
};
