import { appendLines, insertionAt, newlineOf, type TextEdit } from '../text/edit.ts';
import { lineEnd } from '../text/lines/line-end.ts';
import { aboveCredentials } from './npm/edit-npmrc.ts';

/** A setting to add, with the comment above it. */
export interface AddedSetting {
  /** With dots between the tables of TOML. */
  readonly key: string;
  /** As written in the file. */
  readonly value: string;
  readonly comment: string;
}

/**
 * Returns the edit that adds settings to a file in the syntax of its name; `text` is undefined for a new file. The caller
 * knows that none of them is there. Undefined if the text has a form that no line can be added to.
 */
export function addSettings(
  fileName: string,
  text: string | undefined,
  settings: readonly AddedSetting[],
): TextEdit | undefined {
  switch (fileName) {
    case '.npmrc':
      return aboveCredentials(
        text ?? '',
        linesOf(settings, ({ key, value }) => `${key}=${value}`),
      );
    case '.yarnrc':
      return appendLines(
        text ?? '',
        linesOf(settings, ({ key, value }) => `${key} ${value}`),
      );
    case 'bunfig.toml':
      return inTable(text ?? '', settings);
    default:
      return isBlockMap(text ?? '')
        ? appendLines(
            text ?? '',
            linesOf(settings, ({ key, value }) => `${key}: ${value}`),
          )
        : undefined;
  }
}

function linesOf(
  settings: readonly AddedSetting[],
  write: (setting: AddedSetting) => string,
): readonly string[] {
  return settings.flatMap((one) => [...(one.comment === undefined ? [] : [`# ${one.comment}`]), write(one)]);
}

/** Checks for YAML whose end is the end of one map in block style: no flow style, and no second document. */
function isBlockMap(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const [first = 'a: 1', ...rest] = lines;
  return (
    (/^---\s*$/.test(first) || /^["'\w@]/.test(first)) && !rest.some((line) => /^(?:---|\.\.\.)/.test(line))
  );
}

/** Adds settings of one table, below its header or at the end of the file. */
function inTable(text: string, settings: readonly AddedSetting[]): TextEdit | undefined {
  const table = settings[0]?.key.split('.').slice(0, -1).join('.') ?? '';
  const lines = linesOf(settings, ({ key, value }) => `${key.slice(table.length + 1)} = ${value}`);
  const header = new RegExp(String.raw`^[ \t]*\[[ \t]*${table}[ \t]*\][ \t]*(?:#[^\r\n]*)?$`, 'm').exec(text);
  if (header !== null) {
    const at = lineEnd(text, header.index + header[0].trimEnd().length);
    return insertionAt(at, lines.map((line) => newlineOf(text) + line).join(''));
  }
  // `install = { … }`, or `install.exact = true` at the top: the table may not be opened again.
  if (new RegExp(String.raw`^[ \t]*${table}[ \t]*[.=]`, 'm').test(text)) return undefined;
  return appendLines(text, [`[${table}]`, ...lines]);
}
