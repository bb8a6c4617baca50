import { LIFECYCLE, type ScriptSupport } from '../model/scripts.ts';

/** Bun runs only the scripts of packages in `trustedDependencies`, or in a built-in list without that field. */
export const bunScripts: ScriptSupport = {
  review: 'trustedDependencies',
  reviewedIn: 'trustedDependencies',
  decisions({ rootManifest }) {
    const names = rootManifest?.trustedDependencies?.names;
    if (names === undefined) return undefined;
    const trusted = new Set(names.map(({ value }) => value));
    return ({ name, alias }) =>
      trusted.has(alias ?? name) || trusted.has(name)
        ? { allowed: true, setting: 'trustedDependencies', by: 'names' }
        : undefined;
  },
  canDeny: false,
  lifecycle: LIFECYCLE,
  lifecycleOfRoot: [],
  runsPreAndPost: true,
  effect: ({ bunfig }) => (bunfig?.ignoreScripts?.value === true ? 'ignored' : 'skipped'),
  withoutList: (list) =>
    list === 'trustedDependencies'
      ? 'Bun runs the install scripts of all packages that it trusts by itself'
      : undefined,
  ignoredBy: 'a setting',
  failure: undefined,
  lastToRun: undefined,
};
