import type { PnpmWorkspace } from '../../../read/config/pnpm/pnpm-workspace.ts';
import type { Project } from '../../../read/project/project.ts';
import { appendLines, newlineOf, type TextEdit } from '../../../read/text/edit.ts';
import type { FileEdit } from '../../../read/text/finding.ts';
import { joinUri } from '../../../read/text/paths/uri.ts';
import type { OverrideLine } from './override-line.ts';

/**
 * Returns edits that write lines into `overrides` of pnpm-workspace.yaml, creating it if missing. Updates the values of
 * existing lines; keeps comments and other lines. Undefined if the file is broken.
 */
export function writeWorkspaceOverrides(
  { root, pnpmWorkspace }: Pick<Project, 'root' | 'pnpmWorkspace'>,
  lines: readonly OverrideLine[],
): readonly FileEdit[] | undefined {
  if ((pnpmWorkspace?.problems.length ?? 0) > 0 || lines.some(({ path }) => path.length !== 1))
    return undefined;
  const uri = pnpmWorkspace?.uri ?? joinUri(root, 'pnpm-workspace.yaml');
  const entries = new Map(pnpmWorkspace?.overrides.map(({ key, value }) => [key.value, value]));
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const { path, value } of lines) {
    const key = path[0]!;
    const before = entries.get(key);
    if (before !== undefined)
      edits.push({ span: before.span, newText: requoted(value, pnpmWorkspace!.text, before.span.start) });
    else if (entries.has(key)) return undefined;
    else added.push(`${scalar(key)}: ${scalar(value)}`);
  }
  if (added.length > 0) {
    const addition = insertion(pnpmWorkspace, added);
    if (addition === undefined) return undefined;
    edits.push(addition);
  }
  return edits.map((edit) => ({ uri, ...edit }));
}

function insertion(file: PnpmWorkspace | undefined, lines: readonly string[]): TextEdit | undefined {
  const setting = file?.setting('overrides');
  if (file === undefined || setting === undefined) {
    return appendLines(file?.text ?? '', ['overrides:', ...lines.map((line) => `  ${line}`)]);
  }
  const { text } = file;
  const node = setting.value;
  const last = node?.type === 'map' ? node.members.at(-1) : undefined;
  if (node?.type === 'map' && text[node.span.start] === '{') {
    const end = last?.value?.span.end ?? last?.keySpan.end ?? node.span.start + 1;
    const glue = last === undefined ? ' ' : ', ';
    return { span: { start: end, end }, newText: glue + lines.join(', ') + (last === undefined ? ' ' : '') };
  }
  const isEmpty = node === undefined || (node.type === 'scalar' && node.value === null);
  if (last === undefined && !isEmpty) return undefined;
  const newline = newlineOf(text);
  const anchor = last?.value?.span.end ?? last?.keySpan.end ?? setting.keySpan.end;
  const indent = last === undefined ? '  ' : indentOf(text, last.keySpan.start);
  if (indent === undefined) return undefined;
  const next = text.indexOf('\n', anchor);
  const end = next === -1 ? text.length : next + 1;
  const block = lines.map((line) => indent + line).join(newline);
  return {
    span: { start: end, end },
    newText: next === -1 ? newline + block : block + newline,
  };
}

/** Returns the whitespace before a key if nothing else precedes it on its line. */
function indentOf(text: string, start: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^ +$/.test(before) ? before : undefined;
}

function requoted(value: string, text: string, start: number): string {
  return text[start] === "'" ? `'${value}'` : text[start] === '"' ? JSON.stringify(value) : scalar(value);
}

/** Formats any text as a YAML string: `1.2` would be a number, and `@` cannot start one. */
function scalar(text: string): string {
  const isPlain = /^[a-z][\w./@^~>-]*$/i.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain || /^\^?\d+\.\d+\.\d[\w.-]*$/.test(text) ? text : JSON.stringify(text);
}
