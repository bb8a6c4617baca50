import type { FrozenInstall } from '../model/frozen-install.ts';
import { wordSet } from '../model/typed-words.ts';

/** Source: npm's docs on `ci`, and its deprecated settings. */
export const npmFrozenInstall: FrozenInstall = {
  words: wordSet('install add i in ins inst insta instal isnt isnta isntal isntall'),
  word: 'ci',
  option: undefined,
  isDefaultInCi: false,
  unfreezing: new Set(),
  onlyWriting: wordSet('--package-lock-only --dry-run'),
  deprecated: new Map([
    ['--only=production', '--omit=dev'],
    ['--only=prod', '--omit=dev'],
    ['--production', '--omit=dev'],
  ]),
};
