import semver from 'semver';
import { LIFECYCLE, PREPUBLISH, type ScriptSupport } from '../model/scripts.ts';

/** npm runs install scripts up to 11; from 12 on it skips those that `allowScripts` does not allow. */
export const npmScripts: ScriptSupport = {
  review: 'allowScripts',
  reviewedIn: 'allowScripts',
  decisions: () => undefined,
  canDeny: true,
  lifecycle: LIFECYCLE,
  // The others run whenever npm changed node_modules.
  lifecycleOfRoot: [PREPUBLISH, 'predependencies', 'dependencies', 'postdependencies'],
  runsPreAndPost: true,
  effect({ manager, npmConfig }) {
    if (npmConfig.get('ignore-scripts')?.value === 'true') return 'ignored';
    const version = manager.version ?? '11.21.0';
    const isStrict =
      npmConfig.get('strict-allow-scripts')?.value === 'true' && semver.gte(version, '11.16.0');
    if (isStrict) return 'fails';
    return semver.major(version) >= 12 ? 'skipped' : 'runs';
  },
  ignoredBy: 'ignore-scripts',
  failure: 'strict-allow-scripts makes the install fail',
  lastToRun: 'npm up to 11',
};
