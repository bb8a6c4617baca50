import { LIFECYCLE, type ScriptSupport } from '../model/scripts.ts';
import { pnpmDecisions } from './decisions.ts';
import { pnpmMajor } from './version.ts';

/** pnpm up to 9 runs scripts, pnpm 10 skips them, and pnpm 11 fails. Its newer lockfiles do not record scripts. */
export const pnpmScripts: ScriptSupport = {
  review: 'buildLists',
  reviewedIn: 'the settings of pnpm',
  decisions: (sources) => pnpmDecisions(sources, pnpmMajor(sources)),
  canDeny: true,
  // The last one runs before an install.
  lifecycle: [...LIFECYCLE, 'pnpm:devPreinstall'],
  lifecycleOfRoot: [],
  runsPreAndPost: true,
  effect({ manager, npmConfig, pnpmWorkspace, lockfile }) {
    const setting = (key: string) => {
      const value = pnpmWorkspace?.setting(key)?.value;
      return value?.type === 'scalar' ? value.value : undefined;
    };
    const major = pnpmMajor({ manager, lockfile });
    const ofNpm = major < 11 && npmConfig.get('ignore-scripts')?.value === 'true';
    if (ofNpm || setting('ignoreScripts') === true) return 'ignored';
    if (major < 10 || setting('dangerouslyAllowAllBuilds') === true) return 'runs';
    return major === 10 || setting('strictDepBuilds') === false ? 'skipped' : 'fails';
  },
  withoutList: (list, effect) =>
    list === 'onlyBuiltDependencies' && effect === 'runs'
      ? 'the install scripts of all packages run'
      : undefined,
  ignoredBy: 'a setting',
  failure: undefined,
  lastToRun: 'pnpm up to 9',
};
