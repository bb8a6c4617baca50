import { hasRange } from '../decision-key.ts';
import { LIFECYCLE, PREPUBLISH, type ScriptSupport } from '../model/scripts.ts';
import { isFrom } from '../version.ts';
import { builtWritten, writeBuilt } from './write-scripts.ts';

const ENABLE = 'enableScripts';

/** Yarn 2 and later. Since 4.14 `enableScripts` is off by default, and `dependenciesMeta` allows single scripts. */
export const berryScripts: ScriptSupport = {
  review: 'dependenciesMeta',
  isDecidable: () => true,
  howToDecide: () => 'Approve or deny it in dependenciesMeta',
  /**
   * Reads `built` in the root's `dependenciesMeta`, by name or by name and exact version; the version takes precedence.
   */
  decisions:
    ({ rootManifest }) =>
    ({ name, version }) => {
      const builtOf = (key: string) => rootManifest?.dependenciesMeta.get(key)?.built?.value;
      const exact = version === undefined ? undefined : builtOf(`${name}@${version.value}`);
      const allowed = exact ?? builtOf(name);
      if (allowed === undefined) return undefined;
      return { allowed, setting: 'dependenciesMeta', by: exact === undefined ? 'names' : 'versions' };
    },
  written: builtWritten,
  unread: ({ key }) => (hasRange(key.value) ? { type: 'key' } : undefined),
  versionsInKey: () => 'one',
  write: writeBuilt,
  canDeny: true,
  lifecycle: LIFECYCLE,
  lifecycleOfRoot: [],
  runsPreAndPost: false,
  effect({ manager, yarnrcs }) {
    const set = yarnrcs.find(({ enableScripts }) => enableScripts !== undefined)?.enableScripts?.value;
    if (set !== undefined) return set ? 'runs' : 'ignored';
    return isFrom(manager.version, '4.14.0') ? 'skipped' : 'runs';
  },
  loose: ({ manager: { version } }) =>
    isFrom(version, '4.14.0')
      ? [{ file: 'yarnrc', key: ENABLE, value: 'true', shown: `${ENABLE}: true`, lets: 'default' }]
      : [],
  strict: () => ({ file: 'yarnrc', key: ENABLE, value: 'false', shown: `${ENABLE}: false` }),
  ignoredBy: 'a setting',
  failure: undefined,
  lastToRun: 'Yarn before 4.14',
  changedWithin: [4],
};

/** Yarn 1 runs all scripts unless .yarnrc or .npmrc sets `ignore-scripts`. */
export const classicScripts: ScriptSupport = {
  ...berryScripts,
  review: 'none',
  lastToRun: 'Yarn 1',
  isDecidable: () => false,
  howToDecide: () => 'Yarn 1 runs all scripts or none: review each, or install with ignore-scripts',
  decisions: () => () => undefined,
  written: () => [],
  loose: () => [],
  strict: () => undefined,
  write: () => undefined,
  lifecycleOfRoot: [PREPUBLISH],
  runsPreAndPost: true,
  effect({ npmConfig, yarnrcs }) {
    const isSet = yarnrcs.some((yarnrc) => {
      const value = yarnrc.setting('ignore-scripts')?.value;
      return value?.type === 'scalar' && value.text === 'true';
    });
    return isSet || npmConfig.get('ignore-scripts')?.value === 'true' ? 'ignored' : 'runs';
  },
};

/** For an unknown generation: decisions as in later ones, and scripts of the root as in Yarn 1. */
export const unknownScripts: ScriptSupport = {
  ...berryScripts,
  lifecycleOfRoot: [PREPUBLISH],
  runsPreAndPost: true,
};
