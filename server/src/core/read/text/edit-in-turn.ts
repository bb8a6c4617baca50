import { applyEdits, type TextEdit } from './edit.ts';
import { commonEnd, commonStart } from './lines/common-ends.ts';

/**
 * Returns the edits of several steps, each of which edits the text that the one before left. Undefined if one of them
 * cannot be made.
 */
export function editInTurn(
  text: string,
  steps: readonly ((text: string) => readonly TextEdit[] | undefined)[],
): readonly TextEdit[] | undefined {
  if (steps.length === 1) return steps[0]!(text);
  let after = text;
  for (const step of steps) {
    const edits = step(after);
    if (edits === undefined) return undefined;
    after = applyEdits(after, edits);
  }
  if (after === text) return [];
  const start = commonStart(text, after);
  const end = commonEnd(text, after, start);
  return [{ span: { start, end: text.length - end }, newText: after.slice(start, after.length - end) }];
}
