import type { ReviewGroupType, TreeGroupType } from '../../server/src/lsp/messages.ts';
import { t } from './translate.ts';

/** Returns what a group of the view "Dependencies" is called. */
export function treeGroupLabel(type: TreeGroupType): string {
  switch (type) {
    case 'malware':
      return t('Malware');
    case 'vulnerable':
      return t('Vulnerable');
    case 'scripts':
      return t('Scripts to review');
    case 'other':
      return t('Other findings');
    case 'updates':
      return t('Updates');
    case 'ignored':
      return t('Ignored');
    case 'notChecked':
      return t('Not checked');
  }
}

/** Returns what a group of the view "Lockfile Changes" is called. */
export function reviewGroupLabel(type: ReviewGroupType): string {
  switch (type) {
    case 'first':
      return t('Review first');
    case 'added':
      return t('Added');
    case 'changed':
      return t('Changed');
    case 'settings':
      return t('Settings of the lockfile');
    case 'removed':
      return t('Removed');
  }
}
