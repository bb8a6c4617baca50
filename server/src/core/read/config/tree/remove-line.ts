import type { TextEdit } from '../../text/edit.ts';
import type { ConfigMember } from './config-tree.ts';

/** Deletes a setting with its line. Undefined if it shares the line with others, or spans several lines. */
export function removeLine(text: string, { keySpan, value }: ConfigMember): TextEdit | undefined {
  const start = text.lastIndexOf('\n', keySpan.start - 1) + 1;
  const newline = text.indexOf('\n', keySpan.end);
  const end = newline === -1 ? text.length : newline + 1;
  const last = value?.span.end ?? keySpan.end;
  const before = text.slice(start, keySpan.start).trim();
  const behind = text.slice(last, end).trim();
  const isAlone = last <= end && before === '' && (behind === '' || behind.startsWith('#'));
  return isAlone ? { span: { start, end }, newText: '' } : undefined;
}
