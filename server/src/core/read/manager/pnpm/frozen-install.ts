import type { FrozenInstall } from '../model/frozen-install.ts';
import { wordSet } from '../model/typed-words.ts';

/** Source: pnpm's docs on `install`. */
export const pnpmFrozenInstall: FrozenInstall = {
  words: wordSet('install i'),
  word: undefined,
  option: '--frozen-lockfile',
  isDefaultInCi: true,
  unfreezing: wordSet('--no-frozen-lockfile --frozen-lockfile=false'),
  onlyWriting: wordSet('--lockfile-only --dry-run'),
  deprecated: new Map(),
};
