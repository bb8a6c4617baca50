import {
  type DecisionSources,
  isLooseValue,
  LIFECYCLE,
  type LooseSetting,
  looseInNpmrc,
  type ScriptSupport,
} from '../model/scripts.ts';
import { isFrom } from '../version.ts';
import { pnpmDecisions } from './decisions.ts';
import { PNPM_FIELD } from './files.ts';
import { ALLOW_BUILDS_SINCE, pnpmMajor } from './version.ts';
import {
  buildDecisions,
  LISTED_VERSIONS_SINCE,
  unreadBuildDecision,
  writeBuildDecisions,
} from './write-decisions.ts';

const NEVER = 'neverBuiltDependencies';

/** A list of denials, empty or not, makes pnpm 10 run all other scripts if it has no list of approvals. */
function deniesOnly({
  rootManifest,
  pnpmWorkspace,
}: Pick<DecisionSources, 'rootManifest' | 'pnpmWorkspace'>): readonly LooseSetting[] {
  const has = (key: string) => pnpmWorkspace?.setting(key) !== undefined;
  const inManifest = (key: string) => rootManifest?.pnpm?.keys.some(({ value }) => value === key) === true;
  const approves = (key: string) => has(key) || inManifest(key);
  if (['onlyBuiltDependencies', 'onlyBuiltDependenciesFile', 'allowBuilds'].some(approves)) return [];
  const of = (file: LooseSetting['file'], key: string): LooseSetting => ({
    ...{ file, key, value: 'set', shown: key, lets: 'default' },
  });
  return [
    ...(has(NEVER) ? [of('workspace', NEVER)] : []),
    ...(inManifest(NEVER) ? [of('manifest', `${PNPM_FIELD}.${NEVER}`)] : []),
  ];
}

const FREE = looseInNpmrc('dangerously-allow-all-builds');

/** pnpm up to 9 runs scripts, pnpm 10 skips them, and pnpm 11 fails. Its newer lockfiles do not record scripts. */
export const pnpmScripts: ScriptSupport = {
  review: 'buildLists',
  approvedIn: (sources) =>
    pnpmMajor(sources) > 10 || isFrom(sources.manager.version, ALLOW_BUILDS_SINCE)
      ? 'allowBuilds'
      : 'onlyBuiltDependencies',
  isDecidable: () => true,
  howToDecide({ manager: { version } }) {
    if (version === undefined) return 'Approve or deny it in the settings of pnpm';
    if (isFrom(version, ALLOW_BUILDS_SINCE)) return 'Approve or deny it in allowBuilds';
    if (isFrom(version, '10.0.0')) return 'Add it to onlyBuiltDependencies or ignoredBuiltDependencies';
    return 'Deny it in pnpm.neverBuiltDependencies, or list all that may run in pnpm.onlyBuiltDependencies';
  },
  decisions: (sources) => pnpmDecisions(sources, pnpmMajor(sources)),
  written: buildDecisions,
  unread: unreadBuildDecision,
  versionsInKey: ({ version }) => (isFrom(version, LISTED_VERSIONS_SINCE) ? 'several' : 'none'),
  write: writeBuildDecisions,
  canDeny: true,
  // The last one runs before an install.
  lifecycle: [...LIFECYCLE, 'pnpm:devPreinstall'],
  lifecycleOfRoot: [],
  runsPreAndPost: true,
  effect({ manager, npmConfig, pnpmWorkspace, rootManifest, lockfile }) {
    const setting = (key: string) => {
      const value = pnpmWorkspace?.setting(key)?.value;
      return value?.type === 'scalar' ? value.value : undefined;
    };
    const major = pnpmMajor({ manager, lockfile });
    const ofNpm = major < 11 && npmConfig.get('ignore-scripts')?.value === 'true';
    if (ofNpm || setting('ignoreScripts') === true) return 'ignored';
    if (major < 10 || setting('dangerouslyAllowAllBuilds')) return 'runs';
    if (major === 10 && deniesOnly({ rootManifest, pnpmWorkspace }).length > 0) return 'runs';
    if (major === 10 && isLooseValue(FREE, npmConfig.get(FREE.key)?.value)) return 'runs';
    return (setting('strictDepBuilds') ?? major > 10) === true ? 'fails' : 'skipped';
  },
  withoutList: (list, effect) =>
    list === 'onlyBuiltDependencies' && effect === 'runs'
      ? 'the install scripts of all packages run'
      : undefined,
  loose(sources) {
    const major = pnpmMajor(sources);
    if (major < 10) return [];
    const key = 'dangerouslyAllowAllBuilds';
    const all = { file: 'workspace', key, value: 'true', shown: `${key}: true`, lets: 'all' } as const;
    if (major === 10) return [all, FREE, ...deniesOnly(sources)];
    const strict = 'strictDepBuilds';
    return [
      all,
      { file: 'workspace', key: strict, value: 'false', shown: `${strict}: false`, lets: 'silent' },
    ];
  },
  strict: () => undefined,
  ignoredBy: 'a setting',
  failure: undefined,
  lastToRun: 'pnpm up to 9',
  changedWithin: [],
  notice: (effect) => (effect === 'skipped' ? 'with a warning' : undefined),
};
