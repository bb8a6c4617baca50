import { visibleLines, visibleText } from '../core/text/visible-text.ts';

/**
 * What belongs to the document or is taken back by the server or the client, and must stay as it is: edits, what a
 * completion writes and is found by, addresses, arguments of commands.
 */
const EXACT: ReadonlySet<string> = new Set([
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
]);

/**
 * Returns what is sent to a client with all text that it shows made visible: no control characters, none that reverse
 * or hide text, and line ends only in what is made of several lines, as an answer that is a text is. What needs no change
 * is the same object.
 */
export function visibleAnswer<T>(answer: T): T {
  return visibleValue(answer, typeof answer === 'string') as T;
}

function visibleValue(value: unknown, keepsLines: boolean): unknown {
  if (typeof value === 'string') return keepsLines ? visibleLines(value) : visibleText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => visibleValue(item, keepsLines));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  const isMarkup = 'kind' in value && typeof value.kind === 'string';
  const changed: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (EXACT.has(key)) continue;
    const shown = visibleValue(item, key === 'text' || (key === 'value' && isMarkup));
    if (shown !== item) changed.push([key, shown]);
  }
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}
