import { appendLines, insertionAt, newlineOf, type TextEdit } from '../../text/edit.ts';
import { lineEnd } from '../../text/lines/line-end.ts';
import { type ConfigMember, memberOf } from '../tree/config-tree.ts';
import type { Yarnrc } from './yarnrc.ts';

/**
 * Returns the edits that set the registry of a scope in `npmScopes` of a .yarnrc.yml; `file` is undefined if there is
 * none yet. Undefined if the present text has it in a form that no line can be added to.
 */
export function setYarnScope(
  file: Pick<Yarnrc, 'text' | 'settings'> | undefined,
  scope: string,
  registry: string,
): readonly TextEdit[] | undefined {
  const name = scope.replace(/^@/, '');
  const server = `npmRegistryServer: ${JSON.stringify(registry)}`;
  const block = ['npmScopes:', `  ${name}:`, `    ${server}`];
  if (file === undefined) return [appendLines('', block)];
  const { text, settings } = file;
  const newline = newlineOf(text);
  const scopes = settings.findLast(({ key }) => key === 'npmScopes');
  if (scopes === undefined) return [appendLines(text, block)];
  const known = memberOf(scopes.value, name);
  const written = memberOf(known?.value, 'npmRegistryServer')?.value;
  if (written !== undefined) return [{ span: written.span, newText: JSON.stringify(registry) }];
  const under = known ?? scopes;
  const indent = indentBelow(text, under);
  if (indent === undefined) return undefined;
  const at = lineEnd(text, under.keySpan.end);
  const lines = known === undefined ? [`${indent}${name}:`, `${indent}  ${server}`] : [indent + server];
  const inserted = lines.map((line) => newline + line).join('');
  return [insertionAt(at, inserted)];
}

/** Returns the indent of the lines below a key; undefined if its value begins on the key's own line. */
function indentBelow(text: string, { keySpan, value }: ConfigMember): string | undefined {
  const rest = text.slice(keySpan.end, lineEnd(text, keySpan.end));
  if (!/^\s*:\s*(?:#.*)?$/.test(rest)) return undefined;
  const own = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', keySpan.start - 1) + 1, keySpan.start))![0];
  const first = value?.type === 'map' ? value.members[0] : undefined;
  if (first === undefined) return value === undefined ? `${own}  ` : undefined;
  const lineStart = text.lastIndexOf('\n', first.keySpan.start - 1) + 1;
  const indent = text.slice(lineStart, first.keySpan.start);
  return /^ +$/.test(indent) ? indent : undefined;
}
