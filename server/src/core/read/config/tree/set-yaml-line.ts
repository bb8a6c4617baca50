import { appendLines, type TextEdit } from '../../text/edit.ts';

/** Returns the edits that add a top-level line to a YAML file that lacks the key. Undefined for a file in one line. */
export function setYamlLine(
  text: string | undefined,
  key: string,
  value: string,
): readonly TextEdit[] | undefined {
  const before = text ?? '';
  if (/^\s*\{/.test(before) || new RegExp(`^${key}\\s*:`, 'm').test(before)) return undefined;
  return [appendLines(before, [`${key}: ${value}`])];
}
