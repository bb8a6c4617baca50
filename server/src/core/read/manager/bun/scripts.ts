import { LIFECYCLE, type ScriptSupport } from '../model/scripts.ts';
import { trustedWritten, writeTrusted } from './write-scripts.ts';

/** Bun runs only the scripts of packages in `trustedDependencies`, or in a built-in list without that field. */
export const bunScripts: ScriptSupport = {
  review: 'trustedDependencies',
  isDecidable: () => true,
  howToDecide: () => 'Add it to trustedDependencies if it may run',
  decisions({ rootManifest }) {
    const names = rootManifest?.trustedDependencies?.names;
    if (names === undefined) return undefined;
    const trusted = new Set(names.map(({ value }) => value));
    return ({ name, alias }) =>
      trusted.has(alias ?? name) || trusted.has(name)
        ? { allowed: true, setting: 'trustedDependencies', by: 'names' }
        : undefined;
  },
  written: trustedWritten,
  unread: () => undefined,
  versionsInKey: () => 'none',
  write: writeTrusted,
  canDeny: false,
  lifecycle: LIFECYCLE,
  lifecycleOfRoot: [],
  runsPreAndPost: true,
  effect: ({ bunfig }) => (bunfig?.ignoreScripts?.value === true ? 'ignored' : 'skipped'),
  withoutList: (list) =>
    list === 'trustedDependencies'
      ? 'Bun runs the install scripts of all packages that it trusts by itself'
      : undefined,
  loose: () => [],
  strict: () => undefined,
  ignoredBy: 'a setting',
  failure: undefined,
  lastToRun: undefined,
  changedWithin: [],
};
