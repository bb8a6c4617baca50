import type { FrozenInstall } from '../model/frozen-install.ts';
import { wordSet } from '../model/typed-words.ts';

const WORDS = new Set(['', 'install']);

/** Source: `yarn install --help` of Yarn 1. */
export const classicFrozenInstall: FrozenInstall = {
  words: WORDS,
  word: undefined,
  option: '--frozen-lockfile',
  isDefaultInCi: false,
  // It writes no lockfile, and installs versions that the lockfile does not have.
  unfreezing: wordSet('--pure-lockfile'),
  onlyWriting: new Set(),
  deprecated: new Map(),
};

/** Source: Yarn's docs on `install` and `enableImmutableInstalls`. */
export const berryFrozenInstall: FrozenInstall = {
  words: WORDS,
  word: undefined,
  option: '--immutable',
  isDefaultInCi: true,
  unfreezing: wordSet('--no-immutable --immutable=false'),
  onlyWriting: wordSet('--mode=update-lockfile'),
  deprecated: new Map(),
};
