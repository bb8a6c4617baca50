import { START } from '../../text/span.ts';
import type { Unread } from './unread-lockfile.ts';

/** Whether a lockfile's text has nothing but white space in it. */
export function isEmptyText(text: string): boolean {
  return !/[^\s\ufeff]/.test(text);
}

/** What is said of a lockfile without any text, whichever package manager's it is. */
export const EMPTY: Unread = {
  status: 'unreadable',
  reason: 'The file is empty.',
  problems: [{ message: 'it is empty', span: START }],
};
