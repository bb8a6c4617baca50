import type { UnavailableReason } from '../../know/registry/documents/fact.ts';

/** What to do when a registry gave no answer, as an imperative clause. */
export const ADVICE_FOR: Readonly<Record<UnavailableReason, string>> = {
  offline: 'use --trust instead of --offline',
  unreachable: 'check network and proxy, then run it again',
  private: 'configure its registry in .npmrc',
  elsewhere:
    'find out why it is not taken from its registry, and if that is intended, configure the registry in .npmrc',
  'no-access': 'add a credential for the registry to your own .npmrc',
  'not-provided': 'use a registry that provides it, or turn the rule off in dependency-hygiene.json',
  'not-recorded': 'run "dephygiene check --trust --deep", which asks the registry',
  'not-comparable':
    'run "yarn install --check-cache", which downloads the packages again and compares what is in them',
  'not-cached': 'run the check where the packages were installed, or install them again',
  patched: 'apply the patch to the published package, and compare the files yourself',
  'not-installed': 'install the packages first',
  failed: 'check that the registry in use answers, then run it again',
  'new-since-base':
    'review the registry and its credential, then name them in your own .npmrc, or check again once the base has them',
  untrusted: 'add --trust if you trust the directory',
};

/** What to do about a registry that only the files of a nested folder name, as an imperative clause. */
export const TRUST_NESTED =
  'open or check the nested folder by itself, or name the registry in your own .npmrc';
