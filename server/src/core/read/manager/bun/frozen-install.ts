import type { FrozenInstall } from '../model/frozen-install.ts';
import { wordSet } from '../model/typed-words.ts';

/** Source: Bun's docs on `install`, which do not say what it does in CI. */
export const bunFrozenInstall: FrozenInstall = {
  words: wordSet('install i'),
  word: undefined,
  option: '--frozen-lockfile',
  isDefaultInCi: undefined,
  unfreezing: wordSet('--no-frozen-lockfile'),
  onlyWriting: wordSet('--lockfile-only --dry-run'),
  deprecated: new Map(),
};
