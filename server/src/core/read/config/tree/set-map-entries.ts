import { appendLines, newlineOf, type TextEdit } from '../../text/edit.ts';
import type { ConfigMember } from './config-tree.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** A map in a YAML file that lines are added to. */
export interface MapPlace {
  /** Undefined if the file does not exist. */
  readonly text: string | undefined;
  readonly key: string;
  /** The map's member, if the file has one. */
  readonly member: ConfigMember | undefined;
}

/** A line of a map. Strings get quotes if they need them. */
export type MapLine = readonly [key: string, value: string | boolean];

/**
 * Returns edits that set entries of a map, which is appended if it is missing. Values of existing keys are replaced;
 * comments and other lines stay. Undefined if the map has a form to which no line can be added.
 */
export function setMapEntries(place: MapPlace, lines: readonly MapLine[]): readonly TextEdit[] | undefined {
  const { text = '', member } = place;
  const members = member?.value?.type === 'map' ? member.value.members : [];
  const entries = new Map(members.map(({ key, value }) => [key, value]));
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [key, value] of lines) {
    const before = entries.get(key);
    if (before?.type === 'scalar') {
      const newText = typeof value === 'string' ? requoted(value, text, before.span.start) : String(value);
      edits.push({ span: before.span, newText });
    } else if (entries.has(key)) return undefined;
    else added.push(`${yamlScalar(key)}: ${typeof value === 'string' ? yamlScalar(value) : value}`);
  }
  if (added.length === 0) return edits;
  const addition = insertion(place, added);
  return addition === undefined ? undefined : [...edits, addition];
}

function insertion({ text = '', key, member }: MapPlace, lines: readonly string[]): TextEdit | undefined {
  if (member === undefined) return appendLines(text, [`${key}:`, ...lines.map((line) => `  ${line}`)]);
  const node = member.value;
  const last = node?.type === 'map' ? node.members.at(-1) : undefined;
  if (node?.type === 'map' && text[node.span.start] === '{') {
    const end = last?.value?.span.end ?? last?.keySpan.end ?? node.span.start + 1;
    const glue = last === undefined ? ' ' : ', ';
    return { span: { start: end, end }, newText: glue + lines.join(', ') + (last === undefined ? ' ' : '') };
  }
  const isEmpty = node === undefined || (node.type === 'scalar' && node.value === null);
  if (last === undefined && !isEmpty) return undefined;
  const newline = newlineOf(text);
  const anchor = last?.value?.span.end ?? last?.keySpan.end ?? member.keySpan.end;
  const indent = last === undefined ? '  ' : indentOf(text, last.keySpan.start);
  if (indent === undefined) return undefined;
  const next = text.indexOf('\n', anchor);
  const end = next === -1 ? text.length : next + 1;
  const block = lines.map((line) => indent + line).join(newline);
  return { span: { start: end, end }, newText: next === -1 ? newline + block : block + newline };
}

/** Returns the whitespace before a key if nothing else precedes it on its line. */
function indentOf(text: string, start: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^ +$/.test(before) ? before : undefined;
}

function requoted(value: string, text: string, start: number): string {
  return text[start] === "'" ? `'${value}'` : text[start] === '"' ? JSON.stringify(value) : yamlScalar(value);
}
