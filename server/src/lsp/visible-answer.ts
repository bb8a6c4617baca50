import { visibleLines, visibleText } from '../core/read/text/words/visible-text.ts';

/** Members without text, which are most of an outline. */
const NO_TEXT = ['range', 'selectionRange', 'position', 'kind', 'severity'];

/**
 * Members that must stay exact, as they belong to the document or are returned by the client: edits, inserted and
 * filter texts of completions, URLs, arguments of commands; and pages, whose texts are visible since they were made.
 */
const EXACT: ReadonlySet<string> = new Set([
  ...NO_TEXT,
  'edit',
  'textEdit',
  'additionalTextEdits',
  'insertText',
  'filterText',
  'sortText',
  'newText',
  'data',
  'arguments',
  'uri',
  'targetUri',
  'target',
  'href',
  'resultId',
  'token',
  'html',
]);

/**
 * Returns the answer with all displayed text made visible: without control characters and characters that reverse or
 * hide text, with line ends only in multi-line values, such as an answer that is a text, and without secrets. Returns
 * the same object if nothing changes.
 */
export function visibleAnswer<T>(answer: T): T {
  return visibleValue(answer, typeof answer === 'string') as T;
}

function visibleValue(value: unknown, keepsLines: boolean): unknown {
  if (typeof value === 'string') return keepsLines ? visibleLines(value) : visibleText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at];
      const shown = visibleValue(item, keepsLines);
      if (shown === item) continue;
      items ??= [...(value as unknown[])];
      items[at] = shown;
    }
    return items ?? value;
  }
  let changed: Record<string, unknown> | undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    if (EXACT.has(key)) continue;
    const item = fields[key];
    const isMarkup = key === 'value' && typeof fields.kind === 'string';
    const shown = visibleValue(item, key === 'text' || isMarkup);
    if (shown === item) continue;
    changed ??= { ...fields };
    changed[key] = shown;
  }
  return changed ?? value;
}
