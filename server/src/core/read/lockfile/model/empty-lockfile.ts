import { START } from '../../text/span.ts';
import type { Unread } from './unread-lockfile.ts';

/** Checks whether a lockfile's text is only whitespace. */
export function isEmptyText(text: string): boolean {
  return !/[^\s\ufeff]/.test(text);
}

/** The status of a lockfile without any text, for every package manager. */
export const EMPTY: Unread = {
  status: 'unreadable',
  reason: 'The file is empty.',
  problems: [{ message: 'it is empty', span: START }],
};
